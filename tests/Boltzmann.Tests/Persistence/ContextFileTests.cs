using Boltzmann.Tests.Cli;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Persistence;

/// <summary>Machines with context in files: conditional machines are saved, loaded and resumed as all others are.</summary>
public sealed class ContextFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string ModelPath => folder["conditional.safetensors"];

    static LayeredModel Conditional(Placement? placement = null)
    {
        var model = new LayeredModel([new BernoulliLayer(3, placement), new BernoulliLayer(2, placement), new ContextLayer(2, placement)],
            [(0, 1), (0, 2), (1, 2)]);
        model.SetRandomWeights(0.4, new Rng(3));
        return model;
    }

    // Three bits that follow the sign of the first of two attributes.
    static Dataset Rows(int count)
    {
        var rng = new Rng(8);
        var rows = new double[count, 5];
        for (int r = 0; r < count; r++)
        {
            for (int c = 3; c < 5; c++) rows[r, c] = 2 * rng.NextUniform() - 1;
            for (int c = 0; c < 3; c++) rows[r, c] = rng.NextUniform() < (rows[r, 3] > 0 ? 0.9 : 0.2) ? 1 : 0;
        }
        return new Dataset("conditional", new MatrixRows(Matrix.From(rows)));
    }

    static Trainer Teacher(LayeredModel model) => new(model, new PersistentContrastiveDivergence(20), new Sgd(),
        new TrainerOptions { BatchSize = 10, LearningRate = 0.1 });

    [Fact]
    public void A_conditional_machine_comes_back_from_its_file_bit_for_bit()
    {
        LayeredModel model = Conditional();
        Matrix rows = Rows(12).ToMatrix(), learned = Rows(60).ToMatrix();
        double before = Exact.LogLikelihood(model, learned).Mean;
        Teacher(model).Learn(Rows(60), 40);
        // Learning has found that the bits follow the context: below 3 ln 2, which they cost without any knowledge of them.
        Assert.InRange(Exact.LogLikelihood(model, learned).Mean, Math.Max(before, -3 * Math.Log(2)), 0);
        ModelFile.Save(ModelPath, model);
        LayeredModel loaded = ModelFile.LoadLayered(ModelPath);
        ModelFileTests.AssertSame(model, loaded);
        Assert.Equal([2], loaded.ContextLayers);
        Assert.Equal(5, ModelFile.Describe(ModelPath).RowColumns);
        Assert.Equal(Exact.LogLikelihood(model, rows).PerRow, Exact.LogLikelihood(loaded, rows).PerRow);

        TrainedModel asked = TrainedModel.Load(ModelPath);
        Assert.Equal(Exact.LogLikelihood(model, rows).PerRow, asked.LogLikelihood(Rows(12)).PerRow);
        Assert.Equal(FreeEnergy.PerRow(model, rows).PerRow, asked.Score(Rows(12)));
        Assert.Equal((12, 2), (asked.Transform(Rows(12)).Rows, asked.Transform(Rows(12)).Columns));
        Assert.Contains("given their context", Assert.Throws<BadInputException>(() => asked.Sample(2)).Message);
        Assert.Contains("given their context", Assert.Throws<BadInputException>(() => asked.Reconstruct(Rows(2))).Message);
    }

    [Fact]
    public void A_conditional_run_that_is_resumed_ends_at_the_same_bits()
    {
        LayeredModel whole = Conditional();
        Teacher(whole).Learn(Rows(60), 4);
        foreach (int updates in new[] { 0, 3, 12 })
        {
            LayeredModel begun = Conditional();
            Trainer first = Teacher(begun);
            foreach (TrainingProgress _ in first.Run(Rows(60), 4).Take(updates)) { }
            Checkpoint.Save(ModelPath, begun, first.Snapshot());
            LayeredModel again = Conditional();
            Trainer second = Teacher(again);
            second.Restore(Checkpoint.Load(ModelPath, again));
            second.Learn(Rows(60), 4);
            ModelFileTests.AssertSame(whole, again);
        }
    }

    [Fact]
    public void Commands_judge_rows_with_context_and_say_what_they_cannot_do_without_any()
    {
        LayeredModel model = Conditional(Placement.Default.Double);
        ModelFile.Save(ModelPath, model);
        Matrix rows = Rows(6).ToMatrix(Placement.Default.Double);
        NpyWriter.Write(folder["rows.npy"], rows);
        string[] data = ["--data", folder["rows.npy"]];
        var judged = CommandLine.Succeed(["evaluate", ModelPath, .. data, "--metrics", "log-likelihood", "free-energy", "pseudo-likelihood",
            "--json"]).Json;
        Assert.Equal(Exact.LogLikelihood(model, rows).Mean, (double)judged["log_likelihood"]!["mean"]!, 1e-6);
        CommandLine.Succeed(["evaluate", ModelPath, .. data]);
        CommandLine.Succeed(["transform", ModelPath, .. data, "--out", folder["features.npy"]]);
        CommandLine.Run(["evaluate", ModelPath, .. data, "--metrics", "elbo"]).IsRefused("without context; for these expected");
        CommandLine.Run(["evaluate", ModelPath, .. data, "--binarize", "threshold"]).IsRefused("context among them");
        CommandLine.Run("sample", ModelPath, "--out", folder["samples.npy"]).IsRefused("given their context");
        CommandLine.Run(["reconstruct", ModelPath, .. data, "--out", folder["back.npy"]]).IsRefused("given their context");
        CommandLine.Run(["diagnose", ModelPath, .. data]).IsRefused("given their context");
        CommandLine.Succeed("inspect", ModelPath);
        File.WriteAllText(folder["graph.json"], """
            {"layers": [{"name": "v", "units": "bernoulli", "size": 3, "visible": true}, {"name": "c", "units": "context", "size": 2}],
            "connections": [["v", "c"]]}
            """);
        CommandLine.Run(["train", "graph", folder["graph.json"], .. data, "--out", folder["run"]]).IsRefused("the layer 'c' of the "
            + "graph is context");
    }

    [Fact]
    public void Context_is_described_by_graphs_alone_and_is_neither_visible_nor_hidden()
    {
        static string Refused(Action act) => Assert.Throws<BadInputException>(act).Message;
        ModelDescription described = ModelDescription.Parse(Conditional().Description.ToJson(), "file");
        Assert.Equal(described.Graph, Conditional().Description.Graph);
        Assert.Contains("cannot be visible units", Refused(() => ModelDescription.Parse(
            """
            {"format":1,"model":"graph","layers":[{"units":"context","size":2},{"units":"bernoulli","size":2}],
            "connections":[[0,1]],"visible":[0]}
            """, "file")));
        Assert.Contains("both given", Refused(() => ModelDescription.Parse("""
            {"format":1,"model":"graph","layers":[{"units":"spin","size":2},{"units":"context","size":2},{"units":"context","size":2}],
            "connections":[[0,1],[1,2]],"visible":[0]}
            """, "file")));
        Assert.Contains("has context units at layer 1; an rbm has none", Refused(() => ModelDescription.Parse(
            """{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2},{"units":"context","size":2}]}""", "file")));
        Assert.DoesNotContain(ContextLayer.Name, LayerKinds.Choices);
        Assert.Contains("cannot be visible or hidden units", Refused(() =>
            new UnitSettings(TrainPlan.Of(ModelKind.Rbm)).Describe("context", 3)));
    }
}
