// Everything declared here is still there in the next run, and in the
// console below. Look at Variables, too.
interface Report {
  city: string;
  temperature: number;
}

const cities = ['Oslo', 'Rome', 'Lima', 'Kyoto'];

// A const may be declared again by a later run.
const report: Report[] = await Promise.all(
  cities.map((city) => tools.weather({ city })),
);

function average() {
  const sum = report.reduce((total, { temperature }) => total + temperature, 0);
  return sum / report.length;
}

// Not awaited, so it is pending. Try `await forecast` in the console.
let forecast = new Promise<string>((resolve) => {
  setTimeout(() => resolve('milder'), 3000);
});

average();
