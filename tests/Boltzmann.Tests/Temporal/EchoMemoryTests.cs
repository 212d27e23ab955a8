using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Temporal;

/// <summary>Echoes of the past in a random network: what they are, that they fade, and what they are good for.</summary>
public sealed class EchoMemoryTests : IDisposable
{
    static readonly Placement inDouble = Placement.Default.Double;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static EchoMemory Create(int visible = 3, int units = 5, ulong seed = 1, Placement? placement = null) =>
        new(new TraceMemory(visible, 3, [0.4], placement: placement ?? inDouble), units, new Rng(seed));

    static Matrix Steps(int rows, int columns, ulong seed, Placement? placement = null)
    {
        var steps = new Matrix(rows, columns, placement ?? inDouble);
        steps.SampleNormal(new Rng(seed));
        return steps;
    }

    static double[] Context(EchoMemory memory, Matrix steps)
    {
        MemoryState state = memory.NewState(1);
        for (int t = 0; t < steps.Rows; t++) memory.Remember(null!, state, steps.RowRange(t, 1));
        var context = new Matrix(1, memory.Width, memory.Placement);
        memory.SetContext(state, context);
        return context.ReadRow(0);
    }

    [Fact]
    public void The_context_is_queue_and_traces_and_then_the_state_of_the_network()
    {
        EchoMemory memory = Create();
        Matrix steps = Steps(7, 3, seed: 9);
        double[] state = new double[5];
        for (int t = 0; t < 7; t++)
            state = [.. Enumerable.Range(0, 5).Select(j => Math.Tanh(Enumerable.Range(0, 5).Sum(i => state[i] * memory.Recurrent[i, j])
                + Enumerable.Range(0, 3).Sum(i => steps[t, i] * memory.Input[i, j])))];
        double[] context = Context(memory, steps);
        MemoryState alone = memory.Traces.NewState(1);
        for (int t = 0; t < 7; t++) memory.Traces.Remember(alone, steps.RowRange(t, 1));
        var past = new Matrix(1, memory.Traces.Width, inDouble);
        memory.Traces.SetContext(alone, past);
        Assert.Equal(past.ReadRow(0), context[..9]);
        for (int j = 0; j < 5; j++) Assert.Equal(state[j], context[9 + j], 1e-12);
    }

    [Fact]
    public void Before_the_first_step_the_past_is_zero() =>
        Assert.All(Context(Create(), Steps(1, 3, 1).RowRange(0, 0)), x => Assert.Equal(0, x));

    [Theory, InlineData(1), InlineData(2), InlineData(30), InlineData(200)]
    public void The_network_has_the_spectral_radius_that_is_said(int units) =>
        Assert.Equal(EchoMemory.Radius, SpectralRadius.Of(Create(units: units).Recurrent), 1e-6);

    [Fact]
    public void A_spectral_radius_is_the_largest_modulus_of_an_eigenvalue()
    {
        // A rotation has two complex ones; a triangle those on its diagonal, here one far from normal; a nilpotent matrix none but 0.
        Assert.Equal(0.7, Of(new[,] { { 0, -0.7 }, { 0.7, 0 } }), 1e-9);
        Assert.Equal(0.9, Of(new[,] { { 0.5, 1000 }, { 0, -0.9 } }), 1e-6);
        Assert.Equal(2, Of(new[,] { { 2.0, 0 }, { 0, 2 } }), 1e-9);
        Assert.Equal(0, Of(new[,] { { 0, 1.0 }, { 0, 0 } }));
        Assert.Equal(0, Of(new[,] { { 0.0 } }));

        static double Of(double[,] values) => SpectralRadius.Of(Matrix.From(values, inDouble));
    }

    [Fact]
    public void A_seed_draws_the_same_network_in_either_precision()
    {
        EchoMemory wide = Create(), narrow = Create(placement: Placement.Default);
        Assert.Equal(wide.Recurrent.ToArray().Cast<double>().Select(x => (float)x), narrow.Recurrent.ToArray().Cast<double>().Select(x =>
            (float)x));
        Assert.Equal(wide.Input.ToArray().Cast<double>().Select(x => (float)x), narrow.Input.ToArray().Cast<double>().Select(x =>
            (float)x));
        Assert.NotEqual(wide.Recurrent.ToArray(), Create(seed: 2).Recurrent.ToArray());
    }

    [Fact]
    public void What_is_long_past_fades()
    {
        EchoMemory memory = Create(units: 40);
        double[] one = Context(memory, Steps(400, 3, seed: 5)), other;
        Matrix changed = Steps(400, 3, seed: 5);
        changed.WriteRow(0, [3, -3, 3]);
        other = Context(memory, changed);
        for (int i = 0; i < one.Length; i++) Assert.Equal(one[i], other[i], 1e-6);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(EchoMemory.MaximumUnits + 1)]
    public void A_network_of_an_impossible_size_is_refused(int units) =>
        Assert.Contains("expected 1 to 10000", Assert.Throws<BadInputException>(() => Create(units: units)).Message);

    // No weighted sum of two bits tells whether they differ.
    [Fact]
    public void Echoes_tell_what_a_queue_cannot()
    {
        const int Length = 2000;
        var rng = new Rng(4);
        var rows = new Matrix(Length, 2, Placement.Default);
        for (int t = 0; t < Length; t++)
            rows.WriteRow(t, [rng.NextInteger(2), t < 2 ? 0 : (int)rows[t - 1, 0] ^ (int)rows[t - 2, 0]]);
        var data = new Sequences(new Dataset("differs", new MatrixRows(rows)));
        var queue = new TraceMemory(2, 3, [0.5]);
        Assert.InRange(Learned(SequenceModel.Dybm(new BernoulliLayer(2), queue)), -1.5, -1.3);
        // Larger inputs than those of a forecast, so that tanh bends.
        var echo = new EchoMemory(queue, 100, new Rng(1));
        echo.Input.SetSum(echo.Input, 10);
        Assert.InRange(Learned(SequenceModel.Dybm(new BernoulliLayer(2), echo)), -0.8, -0.6);

        // One column is a coin, the other the question: −2·ln 2 by the coins alone, −ln 2 once it is answered.
        double Learned(SequenceModel model)
        {
            new ConcaveLikelihood(model, data, 1e-6).Maximize(model, 300, 1e-6);
            return SequenceEvaluation.LogLikelihood(model, data).Mean;
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_file_keeps_the_network(bool hasHidden)
    {
        EchoMemory memory = Create();
        SequenceModel model = hasHidden ? SequenceModel.Crbm(new BernoulliLayer(3, inDouble), new BernoulliLayer(2, inDouble), memory)
            : SequenceModel.Dybm(new BernoulliLayer(3, inDouble), memory);
        model.SetRandomWeights(0.5, new Rng(3));
        Assert.Equal(Create().Recurrent.ToArray(), memory.Recurrent.ToArray());
        string path = folder["model.safetensors"];
        ModelFile.Save(path, model);
        SequenceModel read = ModelFile.LoadSequence(path, inDouble);
        foreach (var (a, b) in model.Parameters.Zip(read.Parameters)) Assert.Equal(a.Value.ToArray(), b.Value.ToArray());
        Matrix steps = Steps(9, 3, seed: 2);
        Assert.Equal(Context(memory, steps), Context((EchoMemory)read.Memory, steps));
    }

    [Theory]
    [InlineData("units", "7", "a context of 14 units, but its memory 16 columns")]
    [InlineData("units", "0", "an echo without units")]
    [InlineData("units", "\"many\"", "an echo without units")]
    [InlineData("delay", "null", "a memory of kind echo without a delay and decays")]
    public void A_file_that_contradicts_itself_is_refused(string field, string value, string reason)
    {
        var fields = (JsonObject)JsonNode.Parse(Create().Fields.ToJsonString())!;
        fields[field] = JsonNode.Parse(value);
        ModelDescription whole = SequenceModel.Dybm(new BernoulliLayer(3, inDouble), Create()).Description;
        Assert.Contains(reason, new MemoryDescription(fields).Fault(whole.Kind, whole.Layers));
    }
}
