#:project ../src/Boltzmann
// A new penalty in one file: smooth filters. Neighbouring pixels should have similar weights, so the objective loses
//
//     R(W) = λ/2 · Σ_(i,k) |w_i − w_k|²     over pairs of neighbouring pixels, w_i the weights of pixel i to all hidden units,
//
// and the gradient of W loses λ·L·W, with L the Laplacian of the grid of pixels: on its diagonal the number of neighbours, −1 for each of
// them. One class with one method; it works with every estimator, beside every other penalty, and is switched on by one line of the
// options.
using Boltzmann;
using Boltzmann.Compute;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Models;
using Boltzmann.Training;

// 1. Is it right? What it takes off the gradient must be the slope of R, here by central differences on a grid of 3×3 pixels.
var small = new Rbm(new BernoulliLayer(9, Placement.Default.Double), new BernoulliLayer(2, Placement.Default.Double));
small.SetRandomWeights(1, new Rng(seed: 1));
var gradient = new Gradient(small);
new SmoothFilters(3, 3, 0.7).Apply(new TrainingStep(small, gradient, new Rng(seed: 1)));
double[,] penalty = gradient.ToDense(2).ToArray();
double worst = 0;
for (int i = 0; i < 9; i++)
    for (int j = 0; j < 2; j++)
    {
        const double Step = 1e-4;
        double weight = small.Weights[i, j];
        small.Weights[i, j] = weight + Step;
        double above = Roughness(small, 3, 3);
        small.Weights[i, j] = weight - Step;
        double below = Roughness(small, 3, 3);
        small.Weights[i, j] = weight;
        worst = Math.Max(worst, Math.Abs(penalty[i, j] + 0.7 * (above - below) / (2 * Step)));
    }
Console.WriteLine($"gradient of the penalty and central differences differ by at most {worst:E1}");

// 2. Is it useful? The same machine learns digits with and without it.
const int Side = 28;
Dataset digits = Digits.Generate(2000), fresh = Digits.Generate(500, stream: 1);
Matrix unseen = fresh.ToMatrix();
var plain = Learn(null);
var smooth = Learn((model, usual) => [.. usual, new SmoothFilters(Side, Side, 0.01)]);
Console.WriteLine("                      roughness   squared error on unseen digits");
foreach (var (name, rbm) in new[] { ("without", plain), ("with the penalty", smooth) })
    Console.WriteLine($"{name,-18} {Roughness(rbm, Side, Side),12:F1}   {Reconstruction.SquaredError(rbm, unseen).Mean:F4}");

const string Inks = "@o:. -=*#";
Console.WriteLine("\nThree filters without it, and three with it:");
for (int y = 0; y < Side; y += 2)
{
    foreach (Rbm rbm in (Rbm[])[plain, smooth])
        for (int unit = 0; unit < 3; unit++)
        {
            double[] filter = rbm.Weights.ReadColumn(unit);
            double largest = filter.Max(Math.Abs);
            for (int x = 0; x < Side; x++) Console.Write(Inks[(int)Math.Clamp(4.5 + 4.5 * filter[Side * y + x] / largest, 0, 8)]);
            Console.Write("  ");
        }
    Console.WriteLine();
}

double plainError = Reconstruction.SquaredError(plain, unseen).Mean, smoothError = Reconstruction.SquaredError(smooth, unseen).Mean;
// Rounding of R, about 20 at 2⁻⁵³, divided by the step; R is quadratic, so central differences are exact but for that.
return worst < 1e-10 && Roughness(smooth, Side, Side) < 0.5 * Roughness(plain, Side, Side) && smoothError < 1.1 * plainError ? 0 : 1;

Rbm Learn(Func<EnergyModel, IReadOnlyList<IGradientTransform>, IReadOnlyList<IGradientTransform>>? transforms)
{
    var rbm = new Rbm(new BernoulliLayer(Side * Side), new BernoulliLayer(100));
    rbm.SetRandomWeights(0.05, new Rng(seed: 2));
    rbm.Visible.SetFromMoments(digits.Statistics.Means, digits.Statistics.Variances);
    var trainer = new Trainer(rbm, new ContrastiveDivergence(), new Sgd(), new TrainerOptions { Transforms = transforms });
    foreach (TrainingProgress _ in trainer.Run(digits, epochs: 20)) { }
    return rbm;
}

// R(W) for λ = 1, by its definition.
static double Roughness(Rbm rbm, int width, int height)
{
    double sum = 0;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
        {
            double[] here = rbm.Weights.ReadRow(width * y + x);
            if (x + 1 < width) sum += here.Zip(rbm.Weights.ReadRow(width * y + x + 1), (a, b) => (a - b) * (a - b)).Sum();
            if (y + 1 < height) sum += here.Zip(rbm.Weights.ReadRow(width * (y + 1) + x), (a, b) => (a - b) * (a - b)).Sum();
        }
    return sum / 2;
}

/// <summary>Takes λ·L·W off the gradient of the first weights.</summary>
sealed class SmoothFilters(int width, int height, double strength) : IGradientTransform
{
    Matrix? laplacian, weights;

    public void Apply(TrainingStep step)
    {
        Matrix current = step.Model.Interactions[0].Parameters[0].Value;
        laplacian ??= Laplacian(current);
        // The weights move while the gradient is read, so it is given a copy of them.
        weights ??= current.Like(current.Rows, current.Columns);
        weights.SetCopy(current);
        // A factor stands for scale·leftᵀ·right; the Laplacian is symmetric.
        int index = step.Model.Parameters.Index().First(p => p.Item.Value == current).Index;
        step.Gradient.AddFactor(index, new Factor(laplacian, weights, -strength));
    }

    Matrix Laplacian(Matrix like)
    {
        Matrix matrix = like.Like(width * height, width * height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                foreach (var (dx, dy) in ((int, int)[])[(1, 0), (-1, 0), (0, 1), (0, -1)])
                {
                    int nx = x + dx, ny = y + dy, here = width * y + x;
                    if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
                    matrix[here, here]++;
                    matrix[here, width * ny + nx] = -1;
                }
        return matrix;
    }
}
