/** Tools of the pages of the documentation: made-up weather, after a wait as of a network. */
export function register({ registry }, { ToolError }) {
  const weatherByCity = {
    Oslo: { temperature: 4, sky: 'snow' },
    Rome: { temperature: 19, sky: 'clear' },
    Lima: { temperature: 22, sky: 'haze' },
  };
  registry.registerTool('weather', {
    description: 'Current weather of a city: Oslo, Rome or Lima',
    input: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
    async runAsync({ city }, { signal }) {
      await new Promise((resolve) => {
        setTimeout(resolve, 250);
      });
      signal.throwIfAborted();
      const weather = weatherByCity[city];
      if (weather === undefined)
        throw new ToolError(
          `There is no weather station in ${city}. Use one of: ${Object.keys(weatherByCity).join(', ')}.`,
        );
      return { city, ...weather };
    },
  });
}
