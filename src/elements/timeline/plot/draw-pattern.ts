import type { PlotSurface } from './plot-surface.js';

/** Pixels between two lines or dots of a pattern. */
const distance = 7;

interface Surface {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Covers a surface with diagonal lines (1), lines the other way (2), or dots (3). */
export function drawPattern(
  surface: PlotSurface,
  { x, y, width, height }: Surface,
  pattern: number,
  ink: string,
): void {
  surface.save();
  surface.beginPath();
  surface.rect(x, y, width, height);
  surface.clip();
  surface.globalAlpha = 0.3;
  surface.strokeStyle = ink;
  surface.fillStyle = ink;
  surface.lineWidth = 1;
  surface.beginPath();
  // By the edge of the surface, so that a pattern moves with what it covers.
  for (let at = x - height; at < x + width; at += distance) {
    if (pattern === 3) {
      for (let down = y + 3; down < y + height; down += distance) surface.rect(at + height, down, 1.5, 1.5);
      continue;
    }
    surface.moveTo(at, pattern === 1 ? y + height : y);
    surface.lineTo(at + height, pattern === 1 ? y : y + height);
  }
  if (pattern === 3) surface.fill();
  else surface.stroke();
  surface.restore();
}
