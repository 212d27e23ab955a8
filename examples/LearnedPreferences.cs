#:project ../src/Boltzmann
// Importances of soft constraints, learned from solutions that somebody liked. Calendars have four days of three hours; x_i says that hour
// i has a meeting. What the owner minds comes in kinds: two meetings in a row, the same hour on neighbouring days, morning and evening of
// a day. All constraints of a kind share one importance θ, and each hour has a wish b of its own:
//
//     E(x) = −b·x + Σ_k θ_k·n_k(x),     n_k(x) = how many constraints of kind k are violated,    p(x) ∝ e^(−E(x))
//
// so the slope of the log-likelihood in θ_k is what the model violates on average less what the data do, ⟨n_k⟩_model − ⟨n_k⟩_data. The
// three importances are one interaction's parameters; learning, sampling and exact likelihoods are the library's. At the end they are the
// weights of a search.
using Boltzmann;
using Boltzmann.Compute;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Models;
using Boltzmann.Searching;
using Boltzmann.Training;

const int Days = 4, Hours = 3, Units = Days * Hours, Calendars = 4000, Epochs = 600;
string[] kinds = ["in a row", "same hour as the day before", "morning and evening"];
(int, int)[][] pairs =
[
    [.. Enumerable.Range(0, Units).Where(i => i % Hours < Hours - 1).Select(i => (i, i + 1))],
    [.. Enumerable.Range(0, Units - Hours).Select(i => (i, i + Hours))],
    [.. Enumerable.Range(0, Days).Select(day => (day * Hours, day * Hours + Hours - 1))],
];

// Somebody, whose calendars are all that is seen.
var rng = new Rng(seed: 1);
var somebody = new Preferences(new BernoulliLayer(Units, Placement.Default.Double), pairs);
double[] planted = [1.2, 0.5, -0.4], wishes = [.. Enumerable.Range(0, Units).Select(i => i % Hours == 1 ? 0.8 : 0.2)];
somebody.Importances.WriteRow(0, planted);
somebody.Layers[0].Parameters[0].Value.WriteRow(0, wishes);
Matrix calendars = Exact.Sample(somebody, Calendars, rng)[0];

var learned = new Preferences(new BernoulliLayer(Units, Placement.Default.Double), pairs);
var data = new Dataset("calendars", new MatrixRows(calendars));
// Adam's steps become no smaller by themselves.
var options = new TrainerOptions { BatchSize = Calendars, LearningRate = Schedule.Linear(0.05, 1e-4, Epochs), Centering = false, L2 = 0 };
foreach (var _ in new Trainer(learned, new ExactGradient(), new Adam(), options).Run(data, Epochs)) { }

// The error of a maximum of the likelihood is the inverse of the covariance of what its parameters count (Fisher 1925), over all calendars.
double[] errors = [.. Errors(learned).Take(kinds.Length).Select(variance => Math.Sqrt(variance / Calendars))];
double[] found = learned.Importances.ReadRow(0);
Console.WriteLine($"{Calendars} calendars of {Days} days and {Hours} hours; importances:");
Console.WriteLine($"{"",-30} planted   learned");
for (int k = 0; k < kinds.Length; k++) Console.WriteLine($"{kinds[k],-30} {planted[k],7:F2}   {found[k],7:F2} ± {errors[k]:F2}");
double truth = Exact.LogLikelihood(somebody, calendars).Mean, reached = Exact.LogLikelihood(learned, calendars).Mean;
// What is fitted lies above the truth: by half of the number of parameters, over all calendars, on average (Wilks 1938).
double expected = (kinds.Length + Units) / 2.0 / Calendars;
Console.WriteLine($"log-likelihood in nats a calendar: {truth:F4} as planted, {reached:F4} learned: {reached - truth:F4} above; on average "
    + $"{expected:F4}");

// The same as a problem: Z by elimination, the best calendar with five meetings, and whom it would have pleased.
var (problem, _) = Posed(learned);
double exact = Exact.LogPartition(learned), eliminated = ExactInference.Of(problem.Compile(blocks: false).Energy, 1)!.LogPartition;
Console.WriteLine($"log Z: {exact:F6} of the machine, {eliminated:F6} of the problem whose weights it learned");
string best = Best(learned), wanted = Best(somebody);
Console.WriteLine($"the best calendar of five meetings: {best}; with the planted importances: {wanted}");

bool isRecovered = Enumerable.Range(0, kinds.Length).All(k => Math.Abs(found[k] - planted[k]) < 4 * errors[k]);
return isRecovered && reached > truth && reached - truth < 4 * expected && Math.Abs(exact - eliminated) < 1e-6 ? 0 : 1;

(Problem Problem, Hypothesis[] Meetings) Posed(Preferences machine)
{
    var posed = new Problem();
    Hypothesis[] x = [.. Enumerable.Range(0, Units).Select(i => posed.Add($"day{i / Hours + 1}.hour{i % Hours + 1}"))];
    double[] b = machine.Layers[0].Parameters[0].Value.ReadRow(0), importance = machine.Importances.ReadRow(0);
    for (int i = 0; i < Units; i++) posed.Prefer(x[i], b[i]);
    for (int k = 0; k < pairs.Length; k++)
        foreach (var (i, j) in pairs[k]) posed.Cost(x[i], x[j], importance[k]);
    return (posed, x);
}

string Best(Preferences machine)
{
    var (posed, x) = Posed(machine);
    posed.Exactly(5, x);
    ProblemResult result = Search.Best(posed, new Enumeration(), new StopRule());
    return string.Join(' ', x.Chunk(Hours).Select(day => string.Concat(day.Select(meeting => result.Best[meeting] ? 'M' : '.'))));
}

// Variances of importances and wishes together, for one calendar.
double[] Errors(Preferences machine)
{
    int n = kinds.Length + Units;
    double[,] second = new double[n, n];
    double[] first = new double[n], probabilities = Exact.StateProbabilities(machine, layer: 0);
    for (int state = 0; state < probabilities.Length; state++)
    {
        double[] counts = [.. pairs.Select(kind => (double)kind.Count(pair => (state >> pair.Item1 & state >> pair.Item2 & 1) != 0)),
            .. Enumerable.Range(0, Units).Select(i => (double)(state >> i & 1))];
        for (int a = 0; a < n; a++)
        {
            first[a] += probabilities[state] * counts[a];
            for (int b = 0; b < n; b++) second[a, b] += probabilities[state] * counts[a] * counts[b];
        }
    }
    for (int a = 0; a < n; a++)
        for (int b = 0; b < n; b++) second[a, b] -= first[a] * first[b];
    return DiagonalOfInverse(second);
}

static double[] DiagonalOfInverse(double[,] matrix)
{
    int n = matrix.GetLength(0);
    double[,] inverse = new double[n, n];
    for (int i = 0; i < n; i++) inverse[i, i] = 1;
    // Gauss and Jordan; a covariance needs no exchange of rows.
    for (int p = 0; p < n; p++)
    {
        double pivot = matrix[p, p];
        for (int c = 0; c < n; c++) (matrix[p, c], inverse[p, c]) = (matrix[p, c] / pivot, inverse[p, c] / pivot);
        for (int r = 0; r < n; r++)
        {
            double factor = matrix[r, p];
            if (r == p || factor == 0) continue;
            for (int c = 0; c < n; c++)
            {
                matrix[r, c] -= factor * matrix[p, c];
                inverse[r, c] -= factor * inverse[p, c];
            }
        }
    }
    return [.. Enumerable.Range(0, n).Select(i => inverse[i, i])];
}

/// <summary>Hypotheses with wishes, joined by kinds of soft constraints.</summary>
sealed class Preferences(Layer hypotheses, (int, int)[][] pairs)
    : EnergyModel([hypotheses], [new SharedImportances([hypotheses], pairs)])
{
    /// <summary>θ, [1 × kinds].</summary>
    public Matrix Importances => Interactions[0].Parameters[0].Value;

    public override Preferences Clone(Placement? placement = null)
    {
        var copy = new Preferences(Layers[0].Clone(placement), pairs);
        copy.CopyFrom(this);
        return copy;
    }
}

/// <summary>φ = −Σ_k θ_k·n_k(x), n_k = the pairs of kind k that are both 1 = ½·xᵀ·A_k·x.</summary>
sealed class SharedImportances : WithinLayer
{
    readonly (int, int)[][] pairs;
    readonly Matrix[] joined;
    readonly Matrix importances;

    public SharedImportances(IReadOnlyList<Layer> layers, (int, int)[][] pairs)
        : this(0, pairs, [.. pairs.Select(kind => Joined(layers[0], kind))], new Matrix(1, pairs.Length, layers[0].Placement)) { }

    SharedImportances(int layer, (int, int)[][] pairs, Matrix[] joined, Matrix importances) : base(layer)
    {
        (this.pairs, this.joined, this.importances) = (pairs, joined, importances);
        Parameters = [new("importances", importances, IsWeight: true, IsDense: true)];
    }

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override bool TakesOwnInputs => true;

    public override string? Complaint(IReadOnlyList<Layer> layers) => OfUnits(layers);

    public override void SetInputs(State state, int layer, Matrix destination, double scale, double keep) =>
        destination.SetProduct(state[Layer], Weights(), scale: scale, keep: keep);

    // Drawn as any fully connected layer.
    public override void Sample(Layer units, Matrix? inputs, Matrix states, double scale, Matrix? free, Rng rng, int sweeps = 1) =>
        new Within(Layer, Weights()).Sample(units, inputs, states, scale, free, rng, sweeps);

    public override void SetMean(Layer units, Matrix inputs, Matrix states, double scale, Matrix? free) =>
        new Within(Layer, Weights()).SetMean(units, inputs, states, scale, free);

    public override void AddMoments(State state, Matrix? rowWeights, double scale, InteractionGradient gradient) =>
        Add(state[Layer], state[Layer], rowWeights, -0.5 * scale, gradient);

    public override void AddInputMoments(State state, int layer, Matrix direction, double scale, InteractionGradient gradient) =>
        Add(direction, state[Layer], null, -scale, gradient);

    public override Interaction On(Func<int, int> numberOf) => new SharedImportances(numberOf(Layer), pairs, joined, importances);

    public override Interaction CloneFor(IReadOnlyList<Layer> layers) => new SharedImportances(layers, pairs);

    // gradient_k += scale·Σ_r w_r·left_r·A_k·right_r
    void Add(Matrix left, Matrix right, Matrix? rowWeights, double scale, InteractionGradient gradient)
    {
        using var product = Workspace.Like(null, right);
        for (int k = 0; k < joined.Length; k++)
        {
            var sums = left.Like(left.Rows, 1);
            product.Matrix.SetProduct(right, joined[k]);
            sums.AddRowSums(product, left);
            double[] values = sums.ReadColumn(0), weights = rowWeights?.ReadColumn(0) ?? [.. values.Select(_ => 1.0)];
            gradient.Dense(0)[0, k] += scale * values.Zip(weights).Sum(pair => pair.First * pair.Second);
        }
    }

    // −Σ_k θ_k·A_k
    Matrix Weights()
    {
        Matrix sum = joined[0].Like(joined[0].Rows, joined[0].Columns);
        double[] each = importances.ReadRow(0);
        for (int k = 0; k < joined.Length; k++) sum.SetSum(sum, 1, joined[k], -each[k]);
        return sum;
    }

    static Matrix Joined(Layer layer, (int, int)[] kind)
    {
        double[,] ones = new double[layer.Units, layer.Units];
        foreach (var (i, j) in kind) ones[i, j] = ones[j, i] = 1;
        return Matrix.From(ones, layer.Placement);
    }
}
