// A year in which nothing changes, drawn anew at each click. The page has one drawn example; its sentences, and
// what is drawn around, stand in the page as JSON. pipeline/statistics/replay.py draws in the same way.

const whole = new Intl.NumberFormat("nl-NL");

function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

// Marsaglia and Tsang 2000, ACM Transactions on Mathematical Software 26, 363-372.
function gamma(shape) {
  if (shape < 1) return gamma(shape + 1) * (1 - Math.random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - Math.random()) < x * x / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

// Knuth in steps: the exponent of a large mean is zero.
function poisson(mean) {
  let count = 0;
  for (let left = mean; left > 0; left -= 500) {
    const floor = Math.exp(-Math.min(left, 500));
    for (let product = 1 - Math.random(); product > floor; product *= 1 - Math.random()) count += 1;
  }
  return count;
}

// A count around `mean` with the variance a·mean + b·mean².
export function draw(mean, a, b) {
  const extra = (a - 1) * mean + b * mean ** 2;
  return poisson(extra > 1e-9 ? (gamma(mean ** 2 / extra) * extra) / mean : mean);
}

const rise = (years, after) => (years[after + 1] + 0.5) / (years[after] + 0.5);

class Replay {
  constructor(figure, data) {
    Object.assign(this, { figure, data });
    this.strips = [...figure.querySelectorAll("svg g")].map((strip) => [...strip.querySelectorAll("circle")]);
    const button = figure.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.again());
  }

  again() {
    const { niveaus, a, b, top } = this.data;
    const years = niveaus.map((level) => [draw(level, a, b), draw(level, a, b), draw(level, a, b)]);
    const risen = years.map((own) => rise(own, 0));
    const first = [...risen.keys()].sort((one, other) => risen[other] - risen[one]).slice(0, top);
    this.strips.forEach((dots, after) => dots.forEach((dot, place) => this.move(dot, rise(years[place], after), first.includes(place))));
    this.fillTable(years, first);
    this.say(years, first);
  }

  move(dot, ratio, top) {
    const { midden, stap, grens } = this.data.as;
    dot.setAttribute("cx", midden + stap * Math.max(-grens, Math.min(grens, Math.log2(ratio))));
    dot.setAttribute("r", top ? 5 : 3);
    dot.setAttribute("opacity", top ? 1 : 0.35);
    dot.classList.toggle("vb-uit", top);
  }

  fillTable(years, first) {
    this.figure.querySelectorAll("tbody tr").forEach((row, rank) => {
      const shown = [this.data.niveaus[first[rank]], ...years[first[rank]]];
      row.querySelectorAll("th, td").forEach((cell, column) => (cell.textContent = whole.format(shown[column])));
    });
  }

  say(years, first) {
    const [eerst, daarna, later] = years[first[0]];
    const numbers = {
      stegen: years.filter((own) => own[1] > own[0]).length,
      gebieden: years.length,
      veel: years.filter((own) => rise(own, 0) > this.data.veel).length,
      eerst,
      daarna,
      later,
      daalden: first.filter((place) => rise(years[place], 1) < 1).length,
    };
    const filled = this.data.zinnen.map((sentence) =>
      sentence.replace(/\{(\w+)\}/g, (_, name) => (name === "soort" ? this.data.soort : whole.format(numbers[name]))),
    );
    this.figure.querySelector("[role=status] p").textContent = filled.join(" ");
  }
}

const figure = document.getElementById("toeval");
if (figure) new Replay(figure, JSON.parse(figure.querySelector("script.vb-toeval").textContent));
