export const answer = await tools.who().then(String, (error) => error.name);
