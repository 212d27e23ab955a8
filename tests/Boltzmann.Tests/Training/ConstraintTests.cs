namespace Boltzmann.Tests.Training;

/// <summary>What holds for parameters after every update.</summary>
public class ConstraintTests
{
    static readonly Dataset data = Teaching.RandomBits(22, 6);
    static readonly TrainerOptions fast = new() { BatchSize = 5, LearningRate = 2, Momentum = 0.5 };

    /// <summary>No weight is below 0 (nonnegative machines: Nguyen et al. 2013).</summary>
    sealed class NoNegativeWeights(EnergyModel model, List<string>? calls = null) : IConstraint
    {
        public void Apply()
        {
            calls?.Add("nonnegative");
            foreach (Parameter p in model.Parameters.Where(p => p.IsWeight))
                for (int r = 0; r < p.Value.Rows; r++) p.Value.WriteRow(r, [.. p.Value.ReadRow(r).Select(w => Math.Max(w, 0))]);
        }
    }

    sealed class Called(string name, List<string> calls) : IConstraint
    {
        public void Apply() => calls.Add(name);
    }

    static void AfterEveryUpdate(EnergyModel model, TrainerOptions options, Dataset rows, Action holds)
    {
        int updates = 0;
        foreach (TrainingProgress _ in new Trainer(model, new ContrastiveDivergence(), new Sgd(), options).Run(rows, 4))
        {
            updates++;
            holds();
        }
        Assert.Equal(20, updates);
    }

    static double LargestNorm(Matrix weights) =>
        Enumerable.Range(0, weights.Columns).Max(j => Math.Sqrt(weights.ReadColumn(j).Sum(w => w * w)));

    [Fact]
    public void No_norm_of_incoming_weights_is_above_its_limit_after_any_update()
    {
        // Rounding of a scale and a sum of six squares.
        const double Limit = 0.7, Rounding = 1e-15;
        Rbm model = Teaching.Bernoulli(6, 4, deviation: 1);
        AfterEveryUpdate(model, fast with { MaxNorm = Limit }, data, () => Assert.InRange(LargestNorm(model.Weights), 0, Limit + Rounding));
        // Without the constraint it would not hold.
        Rbm free = Teaching.Bernoulli(6, 4, deviation: 1);
        double largest = 0;
        TrainerOptions none = fast with { MaxNorm = Limit, Constraints = (_, _) => [] };
        AfterEveryUpdate(free, none, data, () => largest = Math.Max(largest, LargestNorm(free.Weights)));
        Assert.True(largest > Limit, $"the largest norm was {largest}");
    }

    [Fact]
    public void Learned_precisions_end_at_their_bound()
    {
        // Constant columns: the precision that fits them best is infinite.
        const double Bound = 20;
        Dataset constant = Teaching.Rows(new double[,] { { 0.5, -0.5 }, { 0.5, -0.5 } });
        Rbm Learned(double bound)
        {
            var model = new Rbm(new GaussianLayer(2, 1, learnPrecision: true, Teaching.Double), new BernoulliLayer(2, Teaching.Double));
            new Trainer(model, new ContrastiveDivergence(), new Sgd(), new TrainerOptions
            {
                LearningRate = 0.1,
                Constraints = (machine, usual) => [.. usual, new GreatestPrecision(machine, bound)],
            }).Learn(constant, epochs: 4000);
            return model;
        }

        Assert.InRange(((GaussianLayer)Learned(double.PositiveInfinity).Visible).Precision.Summarize().Maximum, 2 * Bound, double.MaxValue);
        Assert.Equal(Bound, ((GaussianLayer)Learned(Bound).Visible).Precision.Summarize().Maximum);
    }

    [Fact]
    public void Machines_of_a_table_bound_their_precisions_where_their_columns_are_scaled()
    {
        TrainPlan plan = TrainPlan.Of(ModelKind.Rbm) with { Data = "table.csv", VisibleUnits = MixedLayer.Name };
        Assert.True(IsBounded(plan with { Scale = DataScale.NormalScores }));
        Assert.False(IsBounded(plan with { Scale = DataScale.None }));
        Assert.False(IsBounded(plan with { Scale = DataScale.Standardize, VisibleUnits = GaussianLayer.Name }));

        static bool IsBounded(TrainPlan plan) => new OptionsReader(plan, new LayerSettings(plan)).ReadAll()[0]
            .ConstraintsOf(Teaching.Bernoulli(2, 2, deviation: 1)).Any(constraint => constraint is GreatestPrecision);
    }

    [Fact]
    public void Weights_within_a_layer_are_symmetric_without_diagonal_after_any_update()
    {
        var model = new BoltzmannMachine(new BernoulliLayer(6, Teaching.Double));
        model.SetRandomWeights(0.3, new Rng(1));
        int updates = 0;
        var trainer = new Trainer(model, new PseudoLikelihoodGradient(), new Sgd(), fast with { LearningRate = 0.3 });
        foreach (TrainingProgress _ in trainer.Run(Teaching.Weighted(data, [.. Enumerable.Range(0, 22).Select(r => r % 3 + 0.3)]), 4))
        {
            updates++;
            double[,] w = model.Connections[0].Weights.ToArray();
            for (int i = 0; i < 6; i++)
                for (int j = 0; j <= i; j++) Assert.Equal(i == j ? 0 : w[j, i], w[i, j]);
        }
        Assert.Equal(20, updates);
    }

    [Fact]
    public void A_learned_precision_is_positive_after_any_update_and_need_not_be_without_its_constraint()
    {
        Rbm Machine() => new(new GaussianLayer(6, 1, learnPrecision: true, Teaching.Double), new BernoulliLayer(4, Teaching.Double));
        Dataset wide = Teaching.Rows(Wide());
        Rbm model = Machine();
        Matrix precision = model.Parameters.Single(p => p.IsPositive).Value;
        double start = precision[0, 0];
        TrainerOptions usual = fast with { LearningRate = 0.05, Centering = false };
        AfterEveryUpdate(model, usual, wide, () => Assert.True(precision.Summarize().Minimum > 0));
        Assert.NotEqual(start, precision[0, 0]);
        TrainerOptions without = usual with { LearningRate = 0.5, Constraints = (_, list) => [.. list.Where(c => c is not Positivity)] };
        Trainer plain = new(Machine(), new ContrastiveDivergence(), new Sgd(), without);
        Assert.Contains("precision has sunk to -", Assert.Throws<DivergenceException>(() => plain.Learn(wide, 1)).Message);

        static double[,] Wide()
        {
            var values = new double[22, 6];
            for (int r = 0; r < 22; r++)
                for (int c = 0; c < 6; c++) values[r, c] = 3 * Math.Sin(r + 2 * c);
            return values;
        }
    }

    [Fact]
    public void A_constraint_of_a_users_own_holds_after_every_update_beside_the_usual_ones()
    {
        const double Limit = 0.7, Rounding = 1e-15;
        Rbm model = Teaching.Bernoulli(6, 4);
        AfterEveryUpdate(model, fast with { MaxNorm = Limit, Constraints = (m, usual) => [.. usual, new NoNegativeWeights(m)] }, data, () =>
        {
            Assert.True(model.Weights.Summarize().Minimum >= 0);
            Assert.InRange(LargestNorm(model.Weights), 0, Limit + Rounding);
        });
        Assert.True(model.Weights.Summarize().Maximum > 0);
    }

    [Fact]
    public void Constraints_are_applied_in_the_order_of_the_list()
    {
        List<string> calls = [];
        Rbm model = Teaching.Bernoulli(6, 4);
        Called first = new("first", calls), last = new("last", calls);
        TrainerOptions options = fast with { Constraints = (m, usual) => [first, new NoNegativeWeights(m, calls), .. usual, last] };
        Trainer trainer = new(model, new ContrastiveDivergence(), new Sgd(), options);
        Type[] kinds = [typeof(Called), typeof(NoNegativeWeights), typeof(Positivity), typeof(Symmetry), typeof(Called)];
        Assert.Equal(kinds, trainer.Constraints.Select(c => c.GetType()));
        foreach (TrainingProgress _ in trainer.Run(data, 1).Take(1)) { }
        Assert.Equal(["first", "nonnegative", "last"], calls);
    }
}
