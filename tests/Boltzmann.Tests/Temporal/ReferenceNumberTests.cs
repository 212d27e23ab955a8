using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Temporal;

/// <summary>
/// Contexts, log p by step, gradients and online passes are those of tests/reference/sequences.py, which computes them from the formulas
/// alone: sums over the past, states added up, derivatives by the complex step. The tolerances are what seven steps of either precision
/// round.
/// </summary>
public class ReferenceNumberTests
{
    static readonly JsonNode all = JsonNode.Parse(File.ReadAllText(Beside("Reference/sequences.json")))!;

    public static TheoryData<string, Precision> Machines() => Of("bernoulli", "gaussian", "delays", "rtrbm", "rnn-rbm");

    public static TheoryData<string, Precision> Online() => Of("bernoulli", "gaussian", "delays");

    [Theory, MemberData(nameof(Machines))]
    public void Steps_have_the_log_probability_of_the_reference(string name, Precision precision)
    {
        SequenceModel model = Create(name, precision);
        double[] expected = Numbers(all[name]!["log-probabilities"]!);
        SequenceScore score = SequenceEvaluation.LogLikelihood(model, Data(name, model));
        for (int t = 0; t < expected.Length; t++) Assert.Equal(expected[t], score.PerStep[t], Tolerance(precision));
    }

    [Theory, MemberData(nameof(Machines))]
    public void The_gradient_is_that_of_the_reference(string name, Precision precision)
    {
        SequenceModel model = Create(name, precision);
        Sequences data = Data(name, model);
        var update = new SequenceUpdate(model, new() { IsExact = true }, new Sgd());
        var packed = new PackedSteps(data, [0]);
        var rows = new Matrix(packed.Count, data.Columns, model.Placement);
        data.Steps.Rows.Gather(packed.Steps, rows);
        Matrix[] gradient = update.Gradient(packed, rows, null, packed.Count, model.NewMemory(), new Rng());
        var expected = (JsonObject)all[name]!["gradient"]!;
        AssertNamed(expected, model, p => gradient[p], Tolerance(precision));
    }

    [Theory, MemberData(nameof(Online))]
    public void An_online_pass_of_AdaGrad_ends_at_the_parameters_of_the_reference(string name, Precision precision)
    {
        SequenceModel model = Create(name, precision);
        JsonNode reference = all[name]!["online"]!;
        var learner = new OnlineLearner(model, new AdaGrad(reference["epsilon"]!.GetValue<double>()), new()
        {
            IsOnline = true,
            IsExact = true,
            Clip = double.PositiveInfinity,
            LearningRate = reference["rate"]!.GetValue<double>(),
        });
        double[] expected = Numbers(reference["log-probabilities"]!);
        foreach (var (t, row) in ((JsonArray)all[name]!["rows"]!).Index())
            Assert.Equal(expected[t], learner.Observe(Numbers(row!)).LogProbability, Tolerance(precision));
        AssertNamed((JsonObject)reference["parameters"]!, model, p => model.Parameters[p].Value, Tolerance(precision));
    }

    [Theory]
    [InlineData("bernoulli", Precision.Float32)]
    [InlineData("bernoulli", Precision.Float64)]
    [InlineData("gaussian", Precision.Float32)]
    [InlineData("gaussian", Precision.Float64)]
    public void Queue_and_traces_are_those_of_the_reference(string name, Precision precision)
    {
        SequenceModel model = Create(name, precision);
        MemoryState state = model.NewMemory();
        var context = new Matrix(1, model.Memory.Width, model.Placement);
        foreach (var (t, row) in ((JsonArray)all[name]!["rows"]!).Index())
        {
            model.Memory.SetContext(state, context);
            AssertClose(Numbers(all[name]!["memory"]![t]!), context.ReadRow(0), Tolerance(precision));
            model.Remember(state, Row(Numbers(row!), model.Placement));
        }
    }

    // By e_j alone the gradient has α of every connection to j in u; and in v −β, and for j to itself the term of its own past.
    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Arrived_spikes_spikes_under_way_and_own_pasts_are_those_of_the_reference(Precision precision)
    {
        SequenceModel model = Create("delays", precision);
        var memory = (DelayMemory)model.Memory;
        MemoryState state = model.NewMemory();
        int units = memory.Visible;
        foreach (var (t, row) in ((JsonArray)all["delays"]!["rows"]!).Index())
        {
            JsonNode expected = all["delays"]!["memory"]![t]!;
            for (int j = 0; j < units; j++)
            {
                double[] u = new double[memory.Delays.Count * memory.Lambdas.Count], v = new double[memory.Delays.Count * memory.Mus.Count];
                var one = new double[units];
                one[j] = 1;
                memory.Weights.AddGradient(state[0].ReadRow(0), state[1].ReadRow(0), state[2].ReadRow(0), one, 1, u, v);
                double[] gamma = Numbers(expected["gamma"]![j]!);
                for (int i = 0; i < units; i++)
                {
                    int c = i * units + j;
                    AssertClose(Numbers(expected["alpha"]![c]!), u[(c * gamma.Length)..((c + 1) * gamma.Length)], Tolerance(precision));
                    double[] late = [.. Numbers(expected["beta"]![c]!).Select((beta, l) => -beta - (i == j
                        ? Math.Pow(memory.Mus[l], memory.Delays[c] - 1) * gamma[l] : 0))];
                    AssertClose(late, v[(c * gamma.Length)..((c + 1) * gamma.Length)], Tolerance(precision));
                }
            }
            model.Remember(state, Row(Numbers(row!), model.Placement));
        }
    }

    static TheoryData<string, Precision> Of(params string[] names)
    {
        var data = new TheoryData<string, Precision>();
        foreach (string name in names)
            foreach (Precision precision in (Precision[])[Precision.Float32, Precision.Float64]) data.Add(name, precision);
        return data;
    }

    static double Tolerance(Precision precision) => precision == Precision.Float32 ? 1e-5 : 1e-10;

    static SequenceModel Create(string name, Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        JsonNode of = all[name]!, settings = of["settings"]!;
        int units = Numbers(of["rows"]![0]!).Length;
        Layer visible = name == "gaussian" ? new GaussianLayer(units, placement: placement) : new BernoulliLayer(units, placement);
        if (settings["precision"] is JsonNode own) visible.QuadraticPrecision!.WriteRow(0, Numbers(own));
        SequenceModel model = name switch
        {
            "delays" => SequenceModel.Dybm(visible, new DelayMemory([.. Numbers(settings["delays"]!).Select(d => (int)d)],
                Numbers(settings["lambdas"]!), Numbers(settings["mus"]!), placement)),
            "rtrbm" => SequenceModel.Rtrbm(visible, new BernoulliLayer(2, placement)),
            "rnn-rbm" => SequenceModel.RnnRbm(visible, new BernoulliLayer(2, placement), new RecurrentMemory(units, 4, placement)),
            _ => SequenceModel.Dybm(visible, new TraceMemory(units, settings["delay"]!.GetValue<int>(), Numbers(settings["decays"]!),
                placement: placement)),
        };
        foreach (var (parameter, values) in (JsonObject)of["parameters"]!)
        {
            Matrix value = model.Parameters.Single(p => p.Name == parameter).Value;
            Assert.Equal(((JsonArray)values!).Count, value.Rows);
            for (int r = 0; r < value.Rows; r++) value.WriteRow(r, Numbers(values![r]!));
        }
        return model;
    }

    static Sequences Data(string name, SequenceModel model)
    {
        double[][] rows = [.. ((JsonArray)all[name]!["rows"]!).Select(row => Numbers(row!))];
        var matrix = new Matrix(rows.Length, rows[0].Length, model.Placement);
        for (int t = 0; t < rows.Length; t++) matrix.WriteRow(t, rows[t]);
        return new(new Dataset(name, new MatrixRows(matrix)));
    }

    static Matrix Row(double[] values, Placement placement) => Matrix.Row(values, placement);

    static double[] Numbers(JsonNode array) => [.. ((JsonArray)array).Select(x => x!.GetValue<double>())];

    // Every parameter of the reference, and of the machine none but those and the precision, which is given.
    static void AssertNamed(JsonObject expected, SequenceModel model, Func<int, Matrix> actual, double tolerance)
    {
        Assert.Equal(expected.Select(e => e.Key).Order(), model.Parameters.Where(p => !p.IsFixed).Select(p => p.Name).Order());
        foreach (var (p, parameter) in model.Parameters.Index())
            if (expected[parameter.Name] is JsonArray rows)
                for (int r = 0; r < rows.Count; r++) AssertClose(Numbers(rows[r]!), actual(p).ReadRow(r), tolerance);
    }

    static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }

    static string Beside(string file, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, file);
}
