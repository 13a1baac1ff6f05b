// Counts of some areas as one, with the margin that belongs to a sum (pipeline/statistics/similar.py says how).

const HALF = 0.025; // on either side of 95 percent

// Natural logarithm of the gamma function (Lanczos, as in Numerical Recipes 6.1).
function logGamma(x) {
  const numbers = [76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5];
  const base = x + 5.5 - (x + 0.5) * Math.log(x + 5.5);
  const sum = numbers.reduce((total, one, i) => total + one / (x + 1 + i), 1.000000000190015);
  return -base + Math.log((2.5066282746310005 * sum) / x);
}

// The regularised lower incomplete gamma function P(a, x): a series for small x, a continued fraction for large.
function lowerGamma(a, x) {
  if (x <= 0) return 0;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; Math.abs(term) > sum * 1e-15; n += 1) sum += term *= x / (a + n);
    return sum * front;
  }
  let [b, c] = [x + 1 - a, 1e300];
  let d = 1 / b;
  let h = d;
  for (let n = 1, step = 0; Math.abs(step - 1) > 1e-14; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b || 1e-300);
    c = b + an / c || 1e-300;
    h *= step = d * c;
  }
  return 1 - h * front;
}

// The x at which P(a, x) is `share`, by halving.
function quantile(a, share) {
  let [low, high] = [0, a + 10 * Math.sqrt(a) + 20];
  for (let i = 0; i < 100 && high - low > 1e-10 * high; i += 1) {
    const middle = (low + high) / 2;
    if (lowerGamma(a, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

// The exact interval of a count (Garwood 1936): 0 -> 0 to 3.689, 10 -> 4.795 to 18.390.
export function exact(count) {
  return [count === 0 ? 0 : quantile(count, HALF), quantile(count + 1, 1 - HALF)];
}

// `counts` and [a, b] of the level of each: the sum, and its margin with the swings of ordinary years.
export function summed(counts, swings) {
  const total = counts.reduce((sum, one) => sum + one, 0);
  const [low, high] = exact(total);
  const variance = counts.reduce((sum, one, i) => sum + one * (swings[i][0] + swings[i][1] * one), 0);
  const factor = Math.sqrt(Math.max(1, total > 0 ? variance / total : 1));
  return { total, low: Math.max(0, total - (total - low) * factor), high: total + (high - total) * factor };
}
