// The activation functions of dlcourse and their slopes. tests/explore/test_curves.py compares.

const SELU = { alpha: 1.6732632423543772, lambda: 1.0507009873554805 }
const sigmoid = (z) => 1 / (1 + Math.exp(-z))

// The error function: a series near 0, a continued fraction beyond; both to the last digits. From
// 6 on it is 1 to all digits, and the farther out, the fewer terms the fraction needs.
export function erf(x) {
  const a = Math.abs(x)
  if (a >= 6) return Math.sign(x)
  if (a < 2.5) {
    let term = x, sum = x
    for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
      term *= (-x * x) / k
      sum += term / (2 * k + 1)
      if (k > 200) break
    }
    return (2 / Math.sqrt(Math.PI)) * sum
  }
  let f = 0
  for (let k = Math.ceil(200 / (a * a)); k > 0; k--) f = k / 2 / (a + f)
  return Math.sign(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + f))
}

const Phi = (z) => (1 + erf(z / Math.SQRT2)) / 2 // the normal distribution
const phi = (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

export const CURVES = {
  Sigmoid: { f: sigmoid, df: (z) => sigmoid(z) * (1 - sigmoid(z)) },
  Tanh: { f: Math.tanh, df: (z) => 1 - Math.tanh(z) ** 2 },
  ReLU: { f: (z) => Math.max(z, 0), df: (z) => (z > 0 ? 1 : 0) },
  LeakyReLU: { f: (z) => (z > 0 ? z : 0.01 * z), df: (z) => (z > 0 ? 1 : 0.01) },
  ELU: { f: (z) => (z > 0 ? z : Math.expm1(z)), df: (z) => (z > 0 ? 1 : Math.exp(z)) },
  SELU: {
    f: (z) => SELU.lambda * (z > 0 ? z : SELU.alpha * Math.expm1(z)),
    df: (z) => SELU.lambda * (z > 0 ? 1 : SELU.alpha * Math.exp(z)),
  },
  GELU: { f: (z) => z * Phi(z), df: (z) => Phi(z) + z * phi(z) },
  SiLU: { f: (z) => z * sigmoid(z), df: (z) => sigmoid(z) * (1 + z * (1 - sigmoid(z))) },
}

// A normal distribution as 2,001 even points and their weights, which add up to 1.
const GRID = Array.from({ length: 2001 }, (_, i) => -8 + i / 125)
const WEIGHTS = GRID.map((u) => phi(u) / 125)

// Hands on each point of the normal distribution with this centre and width, and its weight.
export function points(centre, width, take) {
  GRID.forEach((u, i) => take(centre + width * u, WEIGHTS[i]))
}

// The mean of g(z), by the trapezoid rule.
export function mean(g, centre, width) {
  let sum = 0
  points(centre, width, (z, weight) => { sum += weight * g(z) })
  return sum
}

// Root mean square of the slope: by how much one layer's activation shrinks a gradient.
export const slope = (name, centre, width) => Math.sqrt(mean((z) => CURVES[name].df(z) ** 2, centre, width))
