using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>Documents of any length: perplexity, completion and retrieval by replicated softmax machines beside plain models.</summary>
sealed class TopicsExperiment : Experiment
{
    const int Hidden = 50, Seeds = 3, Shown = 8, Found = 5, MapRows = 1000;
    const string Query = "space shuttle launch";

    static readonly int[] depths = [1, 2, 5, 10, 20, 50, 100, 200, 500];

    public override string Name => "topics";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name}: the split is ours: run it without --as-published");
        string label = context.Labelled(Name);
        var kept = new Measurements(Path.Combine(context.Runs, $"{label}-measured"), $"{context.Seed}, {context.Quick}");
        var documents = new TopicCollection(context);
        var plain = new TopicBaselines(context, documents);

        TopicMachine[] tried =
        [
            Machine("CD-1, rate 0.03", "cd1-0.03", TopicMachine.Softmax(Hidden, 1, 0.03, 1e-5, 100)),
            Machine("CD-5, rate 0.1", "cd5-0.1", TopicMachine.Softmax(Hidden, 5, 0.1, 1e-5, 100)),
            Machine("CD-5, rate 0.03, L2 0.001", "cd5-0.03-l2", TopicMachine.Softmax(Hidden, 5, 0.03, 1e-3, 60)),
            Machine("CD-10, rate 0.03, L2 0.001", "cd10-0.03-l2", TopicMachine.Softmax(Hidden, 10, 0.03, 1e-3, 60)),
        ];
        TopicMachine best = tried.MinBy(machine => Math.Max(machine.Validation(kept).Forward, machine.Validation(kept).Reverse))!;
        TopicScores[] scores = [.. Enumerable.Range(0, context.Quick ? 1 : Seeds).Select(seed => best.Score(kept, seed))];
        TextTable table = Table(documents, plain, kept, best, scores);
        TextTable chosen = Chosen(tried, kept);
        context.Prose.Write(chosen.ToText());
        context.Prose.Write(table.ToText());

        var (words, directions) = plain.Vectors(depths);
        Score[] ours = best.Likeness(ModelFile.LoadRbm(best.Run(0).ModelPath, context.Placement), depths);
        TextTable retrieval = Retrieval(words, directions, ours, best, scores);
        context.Prose.Write(retrieval.ToText());
        context.WriteText($"{label}-retrieval.svg", SvgChart.Line(
            new ChartFrame("Training documents of the query's group") { XTitle = "documents looked at", YTitle = "share", LogX = true },
            [Curve("weighed words", words), Curve($"{TopicBaselines.Topics} directions", directions), Curve(best.Name, ours)]));

        TrainedModel model = best.Load(0);
        context.WriteText($"{label}-map.svg", model.Transform(new() { Rows = new() { Given = documents.Test } }, context.Context)
            .ToMap(context.Quick ? 100 : MapRows));
        Write(context, new()
        {
            { "documents", $"{documents.All.Count:N0}" },
            { "tests", $"{documents.Test.Count:N0}" },
            { "words", $"{TopicCollection.Words:N0}" },
            { "judged", $"{documents.Fifty.Count}" },
            { "queries", $"{documents.Queries.Count:N0}" },
            { "held", $"{TopicMachine.HeldOut:N0}" },
            { "topics", $"{TopicBaselines.Topics}" },
            { "best", best.Name },
            { "table", table },
            { "chosen", chosen },
            { "tried", $"{TopicMachine.Judged}" },
            { "retrieval", retrieval },
            { "units", Units(model) },
            { "query", Query },
            { "found", Nearest(model, documents, context) },
            { "maprows", $"{MapRows:N0}" },
            { "memory", $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0}" },
        });
        context.Found("completion, test words [perplexity]", scores.Average(s => s.Completion));
        context.Found("retrieval at 10 [share]", scores.Average(s => s.AtTen));

        TopicMachine Machine(string name, string folder, TrainPlan plan) =>
            new(context, documents, $"replicated softmax, {Hidden} hidden units, {name}", folder, plan);
    }

    static TextTable Chosen(TopicMachine[] tried, Measurements kept)
    {
        var table = new TextTable("machine", "held-out completion", $"{TopicMachine.Judged} held-out documents, forward", "reverse");
        foreach (TopicMachine machine in tried)
        {
            var (completion, forward, reverse) = machine.Validation(kept);
            table.Add(machine.Name, $"{completion:F1}", $"{forward:F1}", $"{reverse:F1}");
        }
        return table;
    }

    static TextTable Table(TopicCollection documents, TopicBaselines plain, Measurements kept, TopicMachine best, TopicScores[] scores)
    {
        var table = new TextTable("model", "test completion", $"{documents.Fifty.Count} test documents, forward", "reverse",
            "log Z, reverse − forward [nats]", "seconds");
        table.Add("shares of words", $"{plain.Unigram(plain.Halves.Unseen).WordPerplexity:F1}",
            WithError(plain.Unigram(documents.Fifty)), "exact", "", "");
        double[] lda = plain.Dirichlet(kept);
        table.Add($"latent Dirichlet allocation, {TopicBaselines.Topics} topics", $"{lda[2]:F1}", $"at most {lda[0]:F1} ± {lda[1]:F1}",
            "", "", $"{lda[3]:F0}");
        TopicLikelihood found = best.Likelihood(kept, 0);
        table.Add($"**{best.Name}**, {scores.Length} seeds", ProteinsExperiment.WithError(scores.Select(s => s.Completion)),
            $"{found.Forward:F1} ± {found.Error:F1}", $"{found.Reverse:F1}", $"{found.Gap:F1}", $"{scores.Average(s => s.Seconds):F0}");
        return table;

        static string WithError(WordScore score) => $"{score.DocumentPerplexity:F1} ± {score.DocumentPerplexityError:F1}";
    }

    static TextTable Retrieval(Score[] words, Score[] directions, Score[] ours, TopicMachine best, TopicScores[] scores)
    {
        int ten = Array.IndexOf(depths, 10), hundred = Array.IndexOf(depths, 100);
        var table = new TextTable("vectors", "dimensions", "precision at 10", "precision at 100");
        table.Add("weighed words (tf-idf)", $"{TopicCollection.Words}", Text(words[ten]), Text(words[hundred]));
        table.Add("directions of these (latent semantic indexing)", $"{TopicBaselines.Topics}", Text(directions[ten]),
            Text(directions[hundred]));
        table.Add($"{best.Name}, first seed", $"{Hidden}", Text(ours[ten]), Text(ours[hundred]));
        table.Add($"**the same**, {scores.Length} seeds", $"{Hidden}", Text(new([.. scores.Select(s => s.AtTen)])),
            Text(new([.. scores.Select(s => s.AtHundred)])));
        return table;

        static string Text(Score score) => score.PerRow.Count == 1 ? $"{score.Mean:F3}" : $"{score.Mean:F3} ± {score.StandardError:F3}";
    }

    static TextTable Units(TrainedModel model)
    {
        var table = new TextTable("hidden unit", "words for it", "words against it");
        foreach (FactorLoading factor in model.Factors(Shown).Take(Shown))
            table.Add($"h{factor.Hidden}", string.Join(", ", factor.For.Select(word => model.ColumnNames[word.Visible])),
                string.Join(", ", factor.Against.Select(word => model.ColumnNames[word.Visible])));
        return table;
    }

    static TextTable Nearest(TrainedModel model, TopicCollection documents, ExperimentContext context)
    {
        var table = new TextTable("training document", "cosine", "group", "its telling words");
        NearestRequest request = new() { Rows = new() { Given = documents.All }, Query = Query, Count = Found };
        foreach (NearestRow row in model.Nearest(request, context.Context))
            table.Add($"{row.Row:N0}", $"{row.Cosine:F3}", row.Label!, string.Join(", ", row.Words!));
        return table;
    }

    static ChartSeries Curve(string name, Score[] shares) =>
        new(name, [.. depths.Select((depth, i) => new ChartPoint(depth, shares[i].Mean))]);
}
