namespace Boltzmann.Tests.Temporal;

/// <summary>Gradients of machines with memory, through time too, against finite differences of the exact log-likelihood.</summary>
public class SequenceGradientTests
{
    public static TheoryData<string, string, string> All => SmallSequences.All();

    [Theory, MemberData(nameof(All))]
    public void The_exact_gradient_is_the_slope_of_the_log_likelihood(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        Sequences data = SmallSequences.Data(model, 4, 1, 6);
        Matrix[] gradient = Gradient(model, data, null);
        AssertSlopes(model, gradient, () => SequenceEvaluation.LogLikelihood(model, data).Mean);
    }

    [Theory, MemberData(nameof(All))]
    public void Weights_of_steps_weigh_their_gradients(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden);
        Sequences plain = SmallSequences.Data(model, 3, 5);
        double[] weights = [1, 0.5, 3, 0, 2, 1, 0, 4];
        Sequences data = plain.With(new Dataset("weighted", plain.Steps.Rows) { RowWeights = weights });
        Matrix[] gradient = Gradient(model, data, weights);
        AssertSlopes(model, gradient, () => SequenceEvaluation.LogLikelihood(model, data).Mean);
    }

    [Theory]
    [InlineData("bernoulli", "none")]
    [InlineData("gaussian", "none")]
    [InlineData("multinomial", "none")]
    [InlineData("multinomial", "bernoulli")]
    [InlineData("bernoulli", "bernoulli")]
    public void Rows_in_any_order_have_the_gradient_of_sequences(string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create("traces", visible, hidden);
        Sequences data = SmallSequences.Data(model, 4, 1, 6);
        Dataset rows = SequenceRows.Of(data, (TraceMemory)model.Memory);
        var state = new State(model.Machine, rows.Count);
        model.Machine.SetRows(state, rows.ToMatrix(model.Placement));
        var gradient = new Gradient(model.Machine);
        new ExactGradient().Estimate(model.Machine, new Batch(state), gradient, new Rng());
        Matrix[] expected = Gradient(model, data, null);
        for (int p = 0; p < expected.Length; p++) AssertEqual(expected[p], gradient.ToDense(p), 1e-10);
    }

    [Theory]
    [InlineData("queue", "bernoulli", false)]
    [InlineData("hidden", "bernoulli", true)]
    [InlineData("hidden", "multinomial", false)]
    [InlineData("recurrent", "bernoulli", false)]
    [InlineData("recurrent", "multinomial", true)]
    public void The_gradient_of_predictions_is_the_slope_of_what_all_sweeps_predict(string memory, string visible, bool isWeighted)
    {
        const int Sweeps = 3;
        SequenceModel model = SmallSequences.Create(memory, visible, "bernoulli");
        Sequences data = SmallSequences.Data(model, 4, 1, 3);
        double[]? weights = isWeighted ? [1, 0.5, 3, 0, 2, 1, 0, 4] : null;
        Matrix[] gradient = Gradient(model, data, weights, new() { IsPrediction = true, Steps = Sweeps });
        AssertSlopes(model, gradient, () => StepInputs.Of(model, data).Sum(all => new StepPrediction(StepMachine.Of(model)).Objective(
            Sweeps, all.Rows, all.Visible, all.Hidden!, weights is null ? null : [.. all.Steps.Select(t => weights[t])]))
            / (weights?.Sum() ?? data.Steps.Count));
    }

    static Matrix[] Gradient(SequenceModel model, Sequences data, double[]? weights, SequenceTrainerOptions? options = null)
    {
        var update = new SequenceUpdate(model, options ?? new() { IsExact = true }, new Sgd());
        var packed = new PackedSteps(data, [.. Enumerable.Range(0, data.Count)]);
        var rows = new Matrix(packed.Count, data.Columns, model.Placement);
        data.Steps.Rows.Gather(packed.Steps, rows);
        Matrix? column = null;
        if (weights is not null)
        {
            column = new Matrix(packed.Count, 1, model.Placement);
            column.WriteColumn(0, [.. packed.Steps.Select(t => weights[t])]);
        }
        return update.Gradient(packed, rows, column, weights?.Sum() ?? packed.Count, model.NewMemory(data.Count), new Rng());
    }

    static void AssertSlopes(SequenceModel model, Matrix[] gradient, Func<double> value)
    {
        const double h = 1e-5;
        for (int p = 0; p < gradient.Length; p++)
        {
            Matrix parameter = model.Parameters[p].Value;
            if (model.Parameters[p].IsFixed) continue;
            for (int r = 0; r < parameter.Rows; r++)
                for (int c = 0; c < parameter.Columns; c++)
                {
                    double x = parameter[r, c];
                    parameter[r, c] = x + h;
                    double above = value();
                    parameter[r, c] = x - h;
                    double below = value();
                    parameter[r, c] = x;
                    double slope = (above - below) / (2 * h);
                    Assert.True(Math.Abs(slope - gradient[p][r, c]) < 1e-7 + 1e-6 * Math.Abs(slope),
                        $"{model.Parameters[p].Name}[{r}, {c}]: slope {slope}, gradient {gradient[p][r, c]}");
                }
        }
    }

    static void AssertEqual(Matrix expected, Matrix actual, double tolerance)
    {
        for (int r = 0; r < expected.Rows; r++)
            for (int c = 0; c < expected.Columns; c++) Assert.Equal(expected[r, c], actual[r, c], tolerance);
    }
}
