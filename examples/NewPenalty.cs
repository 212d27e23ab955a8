#:project ../src/Boltzmann
// A new penalty in one file: smooth filters. Neighbouring pixels should have similar weights, so the objective loses
//
//     R(W) = λ/2 · Σ_(i,k) |w_i − w_k|²     over pairs of neighbouring pixels, w_i the weights of pixel i to all hidden units,
//
// and the gradient of W loses λ·L·W, with L the Laplacian of the grid of pixels: on its diagonal the number of neighbours, −1 for each of
// them. One class with one method; it works with every estimator, beside every other penalty, for machines and for networks, and is
// switched on by one line of the options.
using Boltzmann;
using Boltzmann.Compute;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Models;
using Boltzmann.Networks;
using Boltzmann.Training;

// 1. Is it right? What it takes off the gradient must be the slope of R, here by central differences on a grid of 3×3 pixels.
var small = new Rbm(new BernoulliLayer(9, Placement.Default.Double), new BernoulliLayer(2, Placement.Default.Double));
small.SetRandomWeights(1, new Rng(seed: 1));
var gradient = new Gradient(small);
new SmoothFilters(small.Weights, 3, 3, 0.7).Apply(new TrainingStep(small, gradient, new Rng(seed: 1)));
double[,] penalty = gradient.ToDense(2).ToArray();
double worst = 0;
for (int i = 0; i < 9; i++)
    for (int j = 0; j < 2; j++)
    {
        const double Step = 1e-4;
        double weight = small.Weights[i, j];
        small.Weights[i, j] = weight + Step;
        double above = Roughness(small.Weights, 3, 3);
        small.Weights[i, j] = weight - Step;
        double below = Roughness(small.Weights, 3, 3);
        small.Weights[i, j] = weight;
        worst = Math.Max(worst, Math.Abs(penalty[i, j] + 0.7 * (above - below) / (2 * Step)));
    }
Console.WriteLine($"gradient of the penalty and central differences differ by at most {worst:E1}");

// 2. Is it useful? The same machine learns digits with and without it.
const int Side = 28;
Dataset digits = Digits.Generate(2000), fresh = Digits.Generate(500, stream: 1);
Matrix unseen = fresh.ToMatrix();
var plain = Learn(new TrainerOptions());
var smooth = Learn(new TrainerOptions
{
    Transforms = (model, usual) => [.. usual, new SmoothFilters(model.Interactions[0].Parameters[0].Value, Side, Side, 0.01)],
});
Console.WriteLine("                      roughness   squared error on unseen digits");
foreach (var (name, rbm) in new[] { ("without", plain), ("with the penalty", smooth) })
    Console.WriteLine($"{name,-18} {Roughness(rbm.Weights, Side, Side),12:F1}   {Reconstruction.SquaredError(rbm, unseen).Mean:F4}");

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

// 3. Networks take it as they are: the same class, in the list of another trainer.
Network rough = Classify(new NetworkTrainerOptions()), even = Classify(new NetworkTrainerOptions
{
    Penalties = (network, usual) => [.. usual, new SmoothFilters(network.Layers[0].Weights, Side, Side, 0.01)],
});
Console.WriteLine("\nA network                  roughness   accuracy on unseen digits");
foreach (var (name, network) in new[] { ("without", rough), ("with the penalty", even) })
    Console.WriteLine($"{name,-18} {RoughnessOf(network),15:F1}   {NetworkScore.Of(network, Examples.OfClasses(fresh)).Accuracy:F3}");

double plainError = Reconstruction.SquaredError(plain, unseen).Mean, smoothError = Reconstruction.SquaredError(smooth, unseen).Mean;
// Rounding of R, about 20 at 2⁻⁵³, divided by the step; R is quadratic, so central differences are exact but for that.
bool isRight = worst < 1e-10, isSmooth = Roughness(smooth.Weights, Side, Side) < 0.5 * Roughness(plain.Weights, Side, Side);
return isRight && isSmooth && smoothError < 1.1 * plainError && RoughnessOf(even) < 0.5 * RoughnessOf(rough) ? 0 : 1;

Rbm Learn(TrainerOptions options)
{
    var rbm = new Rbm(new BernoulliLayer(Side * Side), new BernoulliLayer(100));
    rbm.SetRandomWeights(0.05, new Rng(seed: 2));
    rbm.Visible.SetFromMoments(digits.Statistics.Means, digits.Statistics.Variances);
    foreach (TrainingProgress _ in new Trainer(rbm, new ContrastiveDivergence(), new Sgd(), options).Run(digits, epochs: 20)) { }
    return rbm;
}

Network Classify(NetworkTrainerOptions options)
{
    Network network = Network.Create(Side * Side, [100], outputs: 10, new SoftmaxHead(), new Rng(seed: 3));
    foreach (TrainingProgress _ in new NetworkTrainer(network, new Adam(), options).Run(Examples.OfClasses(digits), epochs: 10)) { }
    return network;
}

static double RoughnessOf(Network network) => Roughness(network.Layers[0].Weights, Side, Side);

// R(W) for λ = 1, by its definition.
static double Roughness(Matrix weights, int width, int height)
{
    double sum = 0;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
        {
            double[] here = weights.ReadRow(width * y + x);
            if (x + 1 < width) sum += here.Zip(weights.ReadRow(width * y + x + 1), (a, b) => (a - b) * (a - b)).Sum();
            if (y + 1 < height) sum += here.Zip(weights.ReadRow(width * (y + 1) + x), (a, b) => (a - b) * (a - b)).Sum();
        }
    return sum / 2;
}

/// <summary>Takes λ·L·W off the gradient of the weights of a grid of pixels, [pixels × units].</summary>
sealed class SmoothFilters(Matrix weights, int width, int height, double strength) : IPenalty
{
    // The weights move while the gradient is read, so it is given a copy of them.
    readonly Matrix laplacian = Laplacian(weights, width, height), copy = weights.Clone();

    public void Apply(UpdateStep step)
    {
        copy.SetCopy(weights);
        // A factor stands for scale·leftᵀ·right; the Laplacian is symmetric.
        step.AddFactor(step.IndexOf(weights), new Factor(laplacian, copy, -strength));
    }

    static Matrix Laplacian(Matrix like, int width, int height)
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
