// Run this, then press Stop.
let count = 0;

try {
  while (true) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    count += 1;
    console.log('still here', count);
  }
} finally {
  // Runs when the execution is stopped, too.
  console.info(`cleaned up after ${count}`);
}

// The variables stay: evaluate `count` in the console after Stop.
