namespace Boltzmann.Experiments;

/// <summary>
/// A machine of a table with its column of classes, and rows drawn from it: what classifiers make of the drawn rows, how far their columns
/// are from the real ones, and how many are copies.
/// </summary>
/// <param name="context">How the experiment was asked for.</param>
/// <param name="folder">Where the files of rows are: train.csv and test.csv, with the class last.</param>
/// <param name="model">The machine's run.</param>
/// <param name="seed">Settles the drawn rows.</param>
sealed class SampledTable(ExperimentContext context, string folder, string model, ulong seed)
{
    /// <summary>Name of the column of classes.</summary>
    public const string Class = "class";

    /// <summary>Names of the numbers of <see cref="Measure"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "predicted", "most frequent", "logistic regression, real", "logistic regression, drawn", "5 neighbours, real",
        "5 neighbours, drawn", "shares, drawn", "shares, test", "correlations, drawn", "correlations, test", "correlations, none",
        "copies of training rows", "copies of test rows", "test rows that are copies",
    ];

    string Training => Path.Combine(folder, "train.csv");

    string Test => Path.Combine(folder, "test.csv");

    string Drawn => Path.Combine(folder, "drawn.csv");

    /// <summary>Draws as many rows as there are training rows, and measures.</summary>
    public double[] Measure()
    {
        TrainedModel trained = TrainedModel.Load(model, context.Placement);
        RunContext drawing = context.Context with { Seed = seed };
        ExperimentTable training = ExperimentTable.Read(context, Training), test = ExperimentTable.Read(context, Test);
        ExperimentTable drawn = Draw(trained, training, drawing);
        drawn.Write(Drawn);
        TableSchema schema = trained.Table!;
        int place = schema.PlaceOf(Class);
        UnitTable real = Units(Training, schema), held = Units(Test, schema), made = Units(Drawn, schema);
        IReadOnlyList<string> predicted = trained.Predict(Class, new() { Data = Test, UnseenIsAbsent = true }, drawing).Fields;
        double[] numbers =
        [
            Share(test.Rows.Select((row, r) => row[^1] == predicted[r])),
            MostFrequent(real, held),
            Accuracy(new LogisticRegression(1e-4), real, real, held), Accuracy(new LogisticRegression(1e-4), made, real, held),
            Accuracy(new KNearestNeighbors(5), real, real, held), Accuracy(new KNearestNeighbors(5), made, real, held),
            ShareDistance(schema, real, made), ShareDistance(schema, real, held),
            CorrelationDistance(real, made), CorrelationDistance(real, held), CorrelationDistance(real, null),
            Copies(drawn, training), Copies(drawn, test), Copies(test, training),
        ];
        return numbers;

        UnitTable Units(string path, TableSchema schema) => new(ExperimentTable.Units(context, path, schema), schema.UnitsOf(place));
    }

    /// <summary>Correlations of all pairs of units, of the training rows and of the drawn ones.</summary>
    public static IEnumerable<ChartPoint> CorrelationPoints(ExperimentContext context, string folder, string model)
    {
        TableSchema schema = TrainedModel.Load(model, context.Placement).Table!;
        Range none = 0..0;
        double[,] real = new UnitTable(ExperimentTable.Units(context, Path.Combine(folder, "train.csv"), schema), none).Correlations(),
            made = new UnitTable(ExperimentTable.Units(context, Path.Combine(folder, "drawn.csv"), schema), none).Correlations();
        for (int i = 0; i < real.GetLength(0); i++)
            for (int j = 0; j < i; j++)
                if (double.IsFinite(real[i, j]) && double.IsFinite(made[i, j])) yield return new(real[i, j], made[i, j]);
    }

    static ExperimentTable Draw(TrainedModel trained, ExperimentTable training, RunContext drawing)
    {
        Matrix rows = trained.Sample(new() { Count = training.Rows.Count, Descent = Descent.States }, drawing).Rows;
        return training with { Rows = [.. Enumerable.Range(0, rows.Rows).Select(r => trained.Table!.Decode(rows.ReadRow(r)))] };
    }

    double Accuracy(Classifier classifier, UnitTable learned, UnitTable scale, UnitTable judged)
    {
        classifier.Fit(learned.Features(scale, context.Placement), learned.Classes, scale.ClassCount);
        return classifier.Accuracy(judged.Features(scale, context.Placement), judged.Classes);
    }

    static double MostFrequent(UnitTable training, UnitTable test)
    {
        int most = training.Classes.GroupBy(k => k).OrderByDescending(group => group.Count()).First().Key;
        return Share(test.Classes.Select(k => k == most));
    }

    // Of words half the sum of differences of shares (total variation), of numbers the greatest difference of the cumulative shares
    // (Kolmogorov and Smirnov): both are 0 for equal columns and at most 1. Their mean over columns.
    static double ShareDistance(TableSchema schema, UnitTable one, UnitTable other) => schema.Modelled.Average(c =>
    {
        Range units = schema.UnitsOf(c);
        if (!schema.Columns[c].IsNumber)
        {
            double sum = Enumerable.Range(units.Start.Value, schema.Columns[c].Units).Sum(u => Math.Abs(one.Mean(u) - other.Mean(u)));
            return schema.Columns[c].Type == ColumnType.Binary ? sum : sum / 2;
        }
        return Distance(one.Sorted(units.Start.Value), other.Sorted(units.Start.Value));
    });

    static double Distance(double[] one, double[] other)
    {
        double most = 0;
        for (int i = 0, j = 0; i < one.Length && j < other.Length;)
        {
            double x = Math.Min(one[i], other[j]);
            while (i < one.Length && one[i] == x) i++;
            while (j < other.Length && other[j] == x) j++;
            most = Math.Max(most, Math.Abs((double)i / one.Length - (double)j / other.Length));
        }
        return most;
    }

    // The mean over pairs of units; without another table, from none at all.
    static double CorrelationDistance(UnitTable one, UnitTable? other)
    {
        double[,] real = one.Correlations(), made = other?.Correlations() ?? new double[real.GetLength(0), real.GetLength(1)];
        double sum = 0;
        int count = 0;
        for (int i = 0; i < real.GetLength(0); i++)
            for (int j = 0; j < i; j++)
            {
                if (!double.IsFinite(real[i, j])) continue;
                // A unit that never changes goes with no other.
                sum += Math.Abs(real[i, j] - (double.IsFinite(made[i, j]) ? made[i, j] : 0));
                count++;
            }
        return sum / count;
    }

    static double Copies(ExperimentTable rows, ExperimentTable of)
    {
        var known = of.Rows.Select(Key).ToHashSet();
        return Share(rows.Rows.Select(row => known.Contains(Key(row))));
    }

    static string Key(string[] row) => string.Join('\u001f', row);

    static double Share(IEnumerable<bool> each) => each.Average(isSo => isSo ? 1.0 : 0.0);
}
