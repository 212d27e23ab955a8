using Boltzmann.Evaluation;

namespace Boltzmann.Tests.Runs;

/// <summary>What reports say of settings, chains, mistakes and machines.</summary>
public class ReportTests
{
    [Theory]
    [InlineData("0.05", 5, 0.05)]
    [InlineData("0.05 for epochs 1–2, then 0.01", 5, 0.05, 0.05, 0.01)]
    [InlineData("0.05 in epoch 1, then 0.01", 2, 0.05, 0.01)]
    [InlineData("0.05", 1, 0.05, 0.01)]
    [InlineData("from 0.5 in epoch 1 in a straight line to 0.1 in epoch 5", 5, 0.5, 0.4, 0.3, 0.2, 0.1)]
    [InlineData("0.5 in epoch 1, 0.4 in epoch 2, 0.1 in epoch 3, 0 for epochs 4–5, then 0.5", 6, 0.5, 0.4, 0.1, 0.0, 0.0, 0.5)]
    public void A_schedule_is_told_as_it_took_effect(string words, int epochs, params double[] values) =>
        Assert.Equal(words, ReportSettings.Schedule(values, epochs));

    [Fact]
    public void Changed_settings_come_first_with_their_defaults_and_none_is_lost()
    {
        TrainPlan plan = TrainPlan.Of(ModelKind.Rbm) with { Hidden = [7], LearningRate = [0.1, 0.02], Centering = false };
        RunSettings own = plan.ToSettings(), usual = TrainPlan.Of(ModelKind.Rbm).ToSettings();
        IReadOnlyList<ReportSetting> changed = ReportSettings.Changed(own, usual, []), rest = ReportSettings.Rest(own, usual, []);
        Assert.Equal(["hidden", "learning-rate", "centering"], changed.Select(setting => setting.Name));
        Assert.Equal(["256", "0.05", "true"], changed.Select(setting => setting.Default));
        Assert.Equal(["0.1", "0.02"], changed[1].Values);
        Assert.Equal(own.Names.Count(name => own[name] is not null), changed.Count + rest.Count);
    }

    // 40 units that all want to be alike, by way of a hidden unit.
    static Rbm Machine(double weight)
    {
        var machine = new Rbm(new SpinLayer(40), new SpinLayer(1));
        machine.Weights.Fill(weight);
        return machine;
    }

    static ShownParticles Shown(double weight)
    {
        var rows = new Matrix(40, 40);
        rows.Fill(1);
        return ShownParticles.Run(new StackModel(new([Machine(weight)])), new Dataset("rows", new MatrixRows(rows)), 60, 200, new Rng(3));
    }

    [Fact]
    public void Particles_of_a_machine_that_mixes_are_as_good_as_independent_ones()
    {
        ShownParticles shown = Shown(0.01);
        Assert.Equal((30, 200, 60), (shown.FromRows, shown.Sweeps, shown.Means.Rows));
        // 60·(1 − r), r of some 3000 pairs, nearly independent: within four errors of 0.
        Assert.InRange(shown.Independent, 60 * (1 - 4 / Math.Sqrt(3000)), 60);
        Assert.Contains("Of 60 chains the first 30 began at rows, the others at noise", shown.Caption("pictures"));
    }

    [Fact]
    public void Particles_that_sit_in_two_modes_are_worth_few_and_the_caption_says_that_they_have_not_mixed()
    {
        ShownParticles shown = Shown(0.7);
        Assert.InRange(shown.Independent, 0, 10);
        Assert.Contains("have not mixed", shown.Caption("pictures"));
        Assert.Contains("independent ones", shown.Caption("pictures"));
    }

    [Fact]
    public void Mistakes_are_named_by_class_and_the_surest_comes_first()
    {
        var data = new Dataset("d", new MatrixRows(new Matrix(4, 4))) { Image = new(2, 2), Labels = [0, 1, 1, 0], LabelNames = ["4", "9"] };
        double[][] probabilities = [[0.4, 0.6], [0.1, 0.9], [0.93, 0.07], [0.8, 0.2]];
        ReportTiles tiles = ReportMistakes.Of(data, probabilities, ["4", "9"], "4 rows")!;
        Assert.Equal(["9 → 4, 93 %", "4 → 9, 60 %"], tiles.Tiles.Select(tile => tile.Caption));
        Assert.Contains("All 2 mistakes on 4 rows", tiles.Caption);
        Assert.Null(ReportMistakes.Of(data, [[1, 0], [0, 1], [0, 1], [1, 0]], ["4", "9"], "4 rows"));
    }

    static string Formula(EnergyModel model) => System.Text.RegularExpressions.Regex.Replace(EnergyFormula.Html(DrawnMachine.Of(model))
        .Split("</p>")[0], "<[^>]+>", "");

    [Fact]
    public void The_energy_is_that_of_the_kinds_of_units_and_of_what_joins_them()
    {
        Assert.Equal("E(v, h) = − bvTv − bhTh − vTWh", Formula(new Rbm(new BernoulliLayer(3), new BernoulliLayer(2))));
        Assert.Equal("E(v, h) = ½ Σi γi vi2 − bvTv − bhTh − vTWh", Formula(new Rbm(new GaussianLayer(3), new BernoulliLayer(2))));
        Assert.Equal("E(v, h1, h2) = − bvTv − bh1Th1 − bh2Th2 − vTW01h1 − h1TW12h2",
            Formula(new Dbm(new BernoulliLayer(3), new BernoulliLayer(2), new BernoulliLayer(2))));
        Assert.Equal("E(v) = − bvTv − ½ vTWv", Formula(new BoltzmannMachine(new BernoulliLayer(3), null as Layer)));
        Assert.Equal("E(v, h, y) = − bvTv − bhTh − byTy − vTW01h − hTW12y",
            Formula(new ClassificationRbm(new BernoulliLayer(3), new BernoulliLayer(2), 4)));
    }

    [Fact]
    public void A_stack_is_undirected_above_and_leads_downward_below()
    {
        DrawnMachine drawn = DrawnMachine.Of(Dbn.Of(new BernoulliLayer(5), new BernoulliLayer(4), new BernoulliLayer(3)));
        Assert.Equal([(0, 1, true), (1, 2, false)], drawn.Links.Select(link => (link.Lower, link.Upper, link.IsDownward)));
        string formula = EnergyFormula.Html(drawn), svg = MachineDrawing.Svg(drawn);
        Assert.StartsWith("<p class=\"formula\"><var>E</var>(<b>h</b><sub>1</sub>, <b>h</b><sub>2</sub>)", formula);
        Assert.Contains("<var>p</var>(<b>v</b> | <b>h</b><sub>1</sub>)", formula);
        Assert.Contains("5 bernoulli units", svg);
        Assert.Contains("20 weights", svg);
        Assert.Single(svg.Split("class=\"bm-tip\"").Skip(1));
        _ = System.Xml.Linq.XDocument.Parse(svg);
        _ = System.Xml.Linq.XDocument.Parse($"<p>{formula}</p>");
    }

    [Fact]
    public void Layers_of_a_graph_have_their_own_names_and_stand_above_what_they_are_joined_to()
    {
        var model = new LayeredModel([new BernoulliLayer(3), new BernoulliLayer(2), new BernoulliLayer(2)], [(0, 1), (1, 2), (0, 0)]);
        DrawnMachine drawn = DrawnMachine.Of(model, ["<pixels>", "low", "high"]);
        Assert.Equal([0, 1, 2], drawn.Layers.Select(layer => layer.Level));
        string svg = MachineDrawing.Svg(drawn);
        Assert.Contains("&lt;pixels&gt;", svg);
        _ = System.Xml.Linq.XDocument.Parse(svg);
        Assert.Contains("½", EnergyFormula.Html(drawn));
    }
}
