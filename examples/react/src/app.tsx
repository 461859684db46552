import { useState } from 'react';
import { Guide } from './guide.js';

/** Two pages and a switch for the colour scheme, without a router. */
export function App() {
  const [page, setPage] = useState<'guide' | 'about'>('guide');
  const [dark, setDark] = useState(false);
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  return (
    <>
      <nav>
        <button onClick={() => setPage('guide')}>Orders</button>
        <button onClick={() => setPage('about')}>About</button>
        <button aria-pressed={dark} onClick={() => setDark(!dark)}>
          Dark
        </button>
      </nav>
      <main>{page === 'guide' ? <Guide /> : <About />}</main>
    </>
  );
}

function About() {
  return (
    <>
      <h1>About</h1>
      <p>The orchard is invented. This page has no live code.</p>
    </>
  );
}
