#:project ../src/Boltzmann
// A machine of one's own in one file: two rows x and y and hidden units h, joined three by three through factors,
//
//     E(x, y, h) = −b·x − c·y − d·h − Σ_f (x·A)_f (y·B)_f (h·C)_f        (Memisevic and Hinton 2010)
//
// so that h tells how y follows from x. The interaction says what it adds to inputs and moments; the machine lists layers and interactions.
// Sampling, learning, exact likelihoods and annealing are the library's.
using Boltzmann;
using Boltzmann.Compute;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Models;
using Boltzmann.Training;

// Pairs of rings of six lamps: y is x turned by one place to the left or to the right. The two turns cannot be told apart by any weights
// between pairs of units.
var rng = new Rng(seed: 3);
var rows = new double[128, 12];
for (int r = 0; r < rows.GetLength(0); r++)
    for (int i = 0; i < 6; i++)
    {
        rows[r, i] = r / 2 >> i & 1;
        rows[r, 6 + (i + (r % 2 == 0 ? 1 : 5)) % 6] = rows[r, i];
    }
var data = new Dataset("turned rings", new MatrixRows(Matrix.From(rows)));

// Two hidden units would do to tell the turns apart, but from half of all starts learning then stops at a saddle; with six it goes on.
const int hidden = 6, epochs = 400;
var gated = new GatedMachine(units: 6, hidden, factors: 12);
gated.SetRandomWeights(0.3, rng);
EnergyModel plain = new LayeredModel([new BernoulliLayer(6), new BernoulliLayer(6), new BernoulliLayer(hidden)], [(0, 1), (0, 2), (1, 2)],
    visible: [0, 1]);
plain.SetRandomWeights(0.3, rng);

Console.WriteLine($"log p(x, y) in nats; the best possible is that of all 64 rings and both turns: {-data.Entropy:F2}");
double[] reached = [.. ((EnergyModel[])[plain, gated]).Select(machine => Learn(machine, data))];

// The likelihood's two ways must agree: every state enumerated, and annealed importance sampling.
double exact = Exact.LogPartition(gated);
LogPartitionEstimate annealed = AnnealedImportanceSampling.Estimate(gated, new Annealing { Chains = 200, Betas = 2000 }, rng);
Console.WriteLine($"log Z of the gated machine: {exact:F3} by enumeration, {annealed}");
bool agrees = Math.Abs(annealed.Value - exact) < 5 * annealed.StandardError;
return agrees && reached[1] > reached[0] + 0.5 ? 0 : 1;

static double Learn(EnergyModel machine, Dataset data)
{
    double before = Exact.LogLikelihood(machine, data.ToMatrix()).Mean;
    // Adam's steps stay as long as the learning rate when the gradient is small: a rate that does not fall may leave the maximum again.
    TrainerOptions options = new()
    {
        BatchSize = data.Count,
        LearningRate = Schedule.Linear(0.03, 0.001, epochs),
        Centering = false,
        L2 = 0,
    };
    foreach (TrainingProgress progress in new Trainer(machine, new ExactGradient(), new Adam(), options).Run(data, epochs)) { }
    double after = Exact.LogLikelihood(machine, data.ToMatrix()).Mean;
    Console.WriteLine($"{machine.GetType().Name,-14} untrained {before,7:F2}   trained {after,7:F2}");
    return after;
}

/// <summary>Rows x and y, hidden h, and one three-way term.</summary>
sealed class GatedMachine : EnergyModel
{
    readonly int factors;

    public GatedMachine(int units, int hidden, int factors, Placement? placement = null)
        : this([new BernoulliLayer(units, placement), new BernoulliLayer(units, placement), new BernoulliLayer(hidden, placement)],
            factors)
    { }

    GatedMachine(Layer[] layers, int factors) : base(layers, [new ThreeWay(layers, factors)]) => this.factors = factors;

    public override IReadOnlyList<int> VisibleLayers => [0, 1];

    public override GatedMachine Clone(Placement? placement = null)
    {
        var copy = new GatedMachine([.. Layers.Select(layer => layer.Clone(placement))], factors);
        copy.CopyFrom(this);
        return copy;
    }
}

/// <summary>φ = Σ_f (x₀·A)_f (x₁·B)_f (x₂·C)_f, with A, B, C [units × factors].</summary>
sealed class ThreeWay : Interaction
{
    readonly Matrix[] weights;

    public ThreeWay(IReadOnlyList<Layer> layers, int factors)
        : this([.. layers.Select(layer => new Matrix(layer.Units, factors, layer.Placement))], 0, 1, 2) { }

    ThreeWay(Matrix[] weights, params IReadOnlyList<int> layers) : base(layers)
    {
        this.weights = weights;
        Parameters = [.. weights.Select((w, k) => new Parameter($"{Name}.{Layers[k]}", w, IsWeight: true))];
    }

    public override string Name => $"weights.{this}";

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override string? Complaint(IReadOnlyList<Layer> layers) =>
        Enumerable.Range(0, 3).All(k => weights[k].Rows == layers[Layers[k]].Units) ? null : $"{Name} does not fit its layers";

    public override void SetInputs(State state, int layer, Matrix destination, double scale, double keep)
    {
        int own = Place(layer);
        using Workspace.Loan product = Product(state, own, null);
        destination.SetProduct(product, weights[own], transposeRight: true, scale: scale, keep: keep);
    }

    public override void AddMoments(State state, Matrix? rowWeights, double scale, InteractionGradient gradient)
    {
        for (int k = 0; k < 3; k++)
        {
            using Workspace.Loan product = Product(state, k, rowWeights);
            // The factor is read later, so the product moves to memory that lasts as long as the gradient.
            gradient.AddFactor(k, new Factor(state[Layers[k]], gradient.Keep(product), scale));
        }
    }

    // Linear in every layer: its own states stand for the direction.
    public override void AddInputMoments(State state, int layer, Matrix direction, double scale, InteractionGradient gradient)
    {
        int own = Place(layer);
        using Workspace.Loan along = Workspace.Of(state.Workspace, direction.Rows, weights[own].Columns, direction.Placement);
        along.Matrix.SetProduct(direction, weights[own]);
        for (int k = 0; k < 3; k++)
        {
            using Workspace.Loan product = k == own ? Product(state, k, null) : Product(state, k, along, except: own);
            gradient.AddFactor(k, new Factor(k == own ? direction : state[Layers[k]], gradient.Keep(product), scale));
        }
    }

    public override Interaction On(Func<int, int> numberOf) => new ThreeWay(weights, [.. Layers.Select(numberOf)]);

    int Place(int layer) => Layers.Index().First(l => l.Item == layer).Index;

    // ∏ (x_j·W_j) over the layers but one or two, times a factor of the same shape or one per row.
    Workspace.Loan Product(State state, int but, Matrix? factor, int except = -1)
    {
        Workspace.Loan product = Workspace.Of(state.Workspace, state.Rows, weights[but].Columns, weights[but].Placement);
        using Workspace.Loan next = Workspace.Like(state.Workspace, product);
        product.Matrix.Fill(1);
        for (int j = 0; j < 3; j++)
        {
            if (j == but || j == except) continue;
            next.Matrix.SetProduct(state[Layers[j]], weights[j]);
            product.Matrix.SetScaled(product, next);
        }
        if (factor is not null) product.Matrix.SetScaled(product, factor);
        return product;
    }
}
