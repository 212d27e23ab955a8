namespace Boltzmann.Experiments;

/// <summary>
/// Tables of mixed columns, end to end and by the defaults: odd rows found, gaps filled, rows drawn that others may learn from, a column
/// predicted; beside what needs no machine and what other programs make of the same files.
/// </summary>
sealed class TablesExperiment : Experiment
{
    const double GapShare = 0.2, TestShare = 0.2;
    const int GeneratedRows = 4000, Hidden = 100, MostPoints = 400;

    public override string Name => "tables";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished)
            throw new BadInputException($"{Name}: nobody published these comparisons: run it without --as-published");
        string label = context.Labelled(Name), root = Path.Combine(context.Runs, label);
        var kept = new Measurements(root, $"{context.Seed}, {context.Quick}, {context.Placement.Precision}");
        var peers = new TablePeers(context.Results);
        ExperimentTable[] tables = Tables(context);
        int seeds = context.Quick ? 1 : 3, judged = context.Quick ? 100 : 2000;

        TextTable anomalies = Anomalies(context, kept, peers, context.Quick ? 1 : 5);
        TextTable gaps = Gaps(context, kept, root, tables, judged);
        var (drawn, distances, classes, picture) = Drawn(context, kept, peers, root, tables, seeds);
        context.Prose.Write(anomalies.ToText());
        context.Prose.Write(gaps.ToText());
        context.Prose.Write(drawn.ToText());
        context.Prose.Write(distances.ToText());
        context.Prose.Write(classes.ToText());
        context.WriteText($"{label}-correlations.svg", picture);

        Write(context, new()
        {
            { "tables", Described(tables) },
            { "anomalies", anomalies },
            { "gaps", gaps },
            { "judged", $"{judged}" },
            { "hidden", $"{Hidden}" },
            { "drawn", drawn },
            { "distances", distances },
            { "classes", classes },
            { "seeds", $"{seeds}" },
            { "peers", peers.IsThere, new() { { "versions", peers.Versions } } },
            { "no-peers", !peers.IsThere },
        });
    }

    // The class stands last and is a word in all of them.
    static ExperimentTable[] Tables(ExperimentContext context)
    {
        ExperimentTable housing = ExperimentTable.Read(context, "california-housing"),
            tumours = ExperimentTable.Read(context, "breast-cancer"), mushrooms = ExperimentTable.Read(context, "mushroom-table");
        const string Value = "median_house_value";
        int place = housing.Columns.ToList().IndexOf(Value);
        double[] values = [.. housing.Rows.Select(row => NumberOf(row[place])).Order()];
        double middle = values[values.Length / 2];
        ExperimentTable[] all =
        [
            GeneratedTable.Draw(GeneratedRows, context.Seed).WithClass("kind", SampledTable.Class, word => word),
            tumours.WithClass(tumours.Columns[^1], SampledTable.Class, word => word),
            mushrooms.WithClass(mushrooms.Columns[0], SampledTable.Class, word => word),
            housing.WithClass(Value, SampledTable.Class, field => NumberOf(field) < middle ? "below" : "above"),
        ];
        return context.Quick ? [.. all.Select(table => table.Shuffled(context.Seed, 300))] : all;
    }

    static TextTable Described(ExperimentTable[] tables)
    {
        var text = new TextTable("table", "rows", "columns", "fields without a value");
        foreach (ExperimentTable table in tables)
            text.Add(table.Name, $"{table.Rows.Count}", $"{table.Columns.Count}",
                $"{table.Rows.Sum(row => row.Count(field => field.Length == 0))}");
        return text;
    }

    static double NumberOf(string field) => double.Parse(field, System.Globalization.CultureInfo.InvariantCulture);

    // By the defaults for tables; metrics that take time are not looked at.
    static TrainPlan Plan(ExperimentContext context, string path, ulong seed)
    {
        TrainPlan plan = TrainPlan.Of(ModelKind.Rbm) with
        {
            Data = path,
            Hidden = [Hidden],
            Metrics = ["reconstruction-error"],
            Seed = seed,
        };
        return context.Quick ? plan with { Epochs = 2 } : plan;
    }

    static TextTable Anomalies(ExperimentContext context, Measurements kept, TablePeers peers, int seeds)
    {
        var anomalies = new TableAnomalies(context, kept);
        var settings = new AnomalySettings();
        if (context.Quick) settings = settings with { Updates = 20 };
        var table = new TextTable(["area under the ROC curve",
            .. TableAnomalies.Parts.Select(part => $"{part.Table}, {part.Protocol}"), "mean"]);
        Add("AnomalyDetector, its defaults", anomalies.Areas("defaults", settings, seeds));
        Add("the machine without the weight of columns",
            anomalies.Areas("no column weight", settings with { ColumnWeight = 0 }, seeds));
        Add("independent columns, normal scores", anomalies.IndependentColumns());
        foreach (string detector in peers.Detectors)
        {
            double?[] areas = [.. TableAnomalies.Parts.Select(part => peers.Area(part.Table, part.Protocol, detector))];
            table.Add([detector, .. areas.Select(area => area is double x ? $"{x:F4}" : "–"),
                areas.All(area => area is not null) ? $"{areas.Average():F4}" : "–"]);
        }
        return table;

        void Add(string name, double[][] areas)
        {
            table.Add([name, .. areas.Select(of => Repetition.Spread(of, 1, "F4")), $"{areas.Average(of => of.Average()):F4}"]);
            context.Found($"mean area under the ROC curve, {name}", areas.Average(of => of.Average()));
        }
    }

    static TextTable Gaps(ExperimentContext context, Measurements kept, string root, ExperimentTable[] tables, int judged)
    {
        var result = new TextTable("table", "", "numbers: error [standard deviations]", "words: right [%]", "words: log p [nats]",
            "numbers: log density [nats]");
        foreach (ExperimentTable table in tables)
        {
            ExperimentTable whole = table.Shuffled(context.Seed, int.MaxValue), gapped = whole.WithGaps(GapShare, context.Seed);
            string folder = Path.Combine(root, "gaps", table.Name), gapPath = gapped.Write(Path.Combine(folder, "gaps.csv")),
                truePath = whole.Write(Path.Combine(folder, "whole.csv"));
            RunFolder run = context.Complete(Path.Combine(Path.GetFileName(root), "gaps", table.Name, "machine"),
                Plan(context, gapPath, context.Seed));
            var asked = new GapTable(context, gapPath, truePath, judged);
            Add("machine", () => new MachineGaps(context, run.Path, asked).Run(gapPath, truePath));
            Add("5 nearest neighbours", () => GapFillers.Nearest(asked, context.Interrupted));
            Add("mean, most frequent word", () => GapFillers.Columns(asked));
            if (table.Name == GeneratedTable.Name) Add("the law that drew the rows", () => GapFillers.Law(asked, gapped));

            void Add(string name, Func<GapScores> score)
            {
                GapScores found = GapScores.From(kept.Once($"gaps, {table.Name}, {name}", () => score().ToArray()));
                result.Add(table.Name, name, Cell(found.Error, "F3"), Cell(100 * found.Accuracy, "F1"), Cell(found.WordLog, "F3"),
                    Cell(found.NumberLog, "F3"));
                context.Say($"gaps, {table.Name}, {name}: error {found.Error:F3}, right {found.Accuracy:P1}");
                if (double.IsFinite(found.Error))
                    context.Found($"error of filled numbers, {table.Name}, {name} [standard deviations]", found.Error);
                if (double.IsFinite(found.Accuracy))
                    context.Found($"filled words that are right, {table.Name}, {name} [share]", found.Accuracy);
            }
        }
        return result;
    }

    static (TextTable Drawn, TextTable Distances, TextTable Classes, string Picture) Drawn(ExperimentContext context, Measurements kept,
        TablePeers peers, string root, ExperimentTable[] tables, int seeds)
    {
        var drawn = new TextTable("accuracy on real test rows [%]", "logistic regression, real rows", "drawn rows",
            "5 neighbours, real rows", "drawn rows");
        var distances = new TextTable("", "columns, drawn", "columns, test rows", "correlations, drawn", "correlations, test rows",
            "correlations, if there were none", "copies of training rows [%]", "copies of test rows [%]",
            "test rows that are copies [%]");
        var classes = new TextTable(["accuracy [%]", "the machine", .. peers.Classifiers, "most frequent class"]);
        var points = new List<ChartSeries>();
        foreach (ExperimentTable table in tables)
        {
            double[][] measured = new double[seeds][];
            string[] folders = new string[seeds];
            for (int s = 0; s < seeds; s++)
            {
                ulong seed = context.Seed + (ulong)s;
                string name = $"{table.Name}-{seed}";
                folders[s] = Path.Combine(root, "classes", name);
                var (training, test) = table.Shuffled(seed, int.MaxValue).Divide(TestShare);
                string path = training.Write(Path.Combine(folders[s], "train.csv"));
                test.Write(Path.Combine(folders[s], "test.csv"));
                RunFolder run = context.Complete(Path.Combine(Path.GetFileName(root), "classes", name, "machine"),
                    Plan(context, path, seed));
                measured[s] = kept.Once($"classes, {name}", new SampledTable(context, folders[s], run.Path, seed).Measure);
                context.Say($"{name}: {string.Join(", ", SampledTable.Names.Select((one, i) => $"{one} {measured[s][i]:F4}"))}");
                if (s == 0) points.Add(new(table.Name, Some([.. SampledTable.CorrelationPoints(context, folders[s], run.Path)])));
            }
            double[] Of(int which) => [.. measured.Select(numbers => numbers[which])];
            drawn.Add([table.Name, .. Enumerable.Range(2, 4).Select(i => Repetition.Spread(Of(i), 100, "F1"))]);
            distances.Add([table.Name, .. Enumerable.Range(6, 5).Select(i => Repetition.Spread(Of(i), 1, "F3")),
                .. Enumerable.Range(11, 3).Select(i => Repetition.Spread(Of(i), 100, "F1"))]);
            classes.Add([table.Name, Repetition.Spread(Of(0), 100, "F1"), .. peers.Classifiers.Select(classifier =>
            {
                double?[] theirs = [.. folders.Select(folder => peers.Accuracy(folder, classifier))];
                return theirs.All(x => x is not null) ? Repetition.Spread([.. theirs.Select(x => x!.Value)], 100, "F1") : "–";
            }), Repetition.Spread(Of(1), 100, "F1")]);
            for (int i = 0; i < 6; i++)
                context.Found($"{table.Name}, {SampledTable.Names[i]} [share of test rows]", Of(i).Average());
        }
        return (drawn, distances, classes, SvgChart.Scatter(new ChartFrame("Correlations of pairs of units")
        {
            XTitle = "in training rows",
            YTitle = "in drawn rows",
            Height = 420,
        }, [.. points]));
    }

    // A picture of some thousand points has no more to say than one of some hundred, evenly taken.
    static ChartPoint[] Some(ChartPoint[] points)
    {
        int count = Math.Min(MostPoints, points.Length);
        return [.. Enumerable.Range(0, count).Select(i => points[(int)((long)i * points.Length / count)])];
    }

    static string Cell(double x, string format) =>
        double.IsFinite(x) ? x.ToString(format, System.Globalization.CultureInfo.InvariantCulture) : "–";
}
