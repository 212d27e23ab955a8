namespace Boltzmann.Cli.Benchmarks;

/// <summary>All that a run of single operations found, in the forms it is shown in.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Results">The operations.</param>
/// <param name="Rounds">The rounds, which know what is usual.</param>
/// <param name="Before">An earlier run.</param>
sealed record OperationReport(BenchMachine Machine, IReadOnlyList<OperationResult> Results, BenchRounds Rounds, BenchBaseline? Before)
{
    /// <summary>The table.</summary>
    public TextTable ToTable()
    {
        List<string> headers = ["operation", "shape", "precision", "zeros", "threads", "best [ms]", "median [ms]", "GFLOP/s", "of peak",
            "over one thread", "exchange [ns]", "disturbed"];
        if (Before is not null) headers.AddRange(["before [ms]", "ratio"]);
        var table = new TextTable(headers);
        foreach (OperationResult r in Results)
            table.Add([
                r.Operation, r.Shape.ToString(), BenchCase.Word(r.Width.Precision), r.Zeros, $"{r.Width.Threads}",
                r.Visits.Fastest.ToString("F4"), r.Median.ToString("F4"), r.Gflops?.ToString("F0") ?? "–",
                r.FractionOfPeak?.ToString("F2") ?? "–", r.OverOneThread(Results)?.ToString("F2") ?? "–",
                BenchText.Exchange(r.Visits.Best.Around), BenchText.Disturbed(r.Visits),
                .. Before is null ? [] : BenchText.Compared(r.Median, Before.Find(r.Name)),
            ]);
        return table;
    }

    /// <summary>What the table does not say.</summary>
    public IEnumerable<string> Notes() =>
    [
        .. BenchText.Warnings(Results),
        .. Before is null ? [] : BenchText.Differences(Before, Machine, Results.Select(r => r.Name)),
    ];

    /// <summary>The page.</summary>
    public MarkdownPage ToPage()
    {
        var page = new MarkdownPage("boltzmann bench --operations")
            .Paragraph(double.IsNaN(Rounds.Disturbances.MedianExchange) ? $"{Machine}."
                : $"{Machine}. Two cores exchange a word, there and back, in {Rounds.Disturbances.MedianExchange:F0} ns: the median of "
                    + "the run.")
            .Paragraph("Operations of a shape follow one another in the order of the table, again and again, in rounds. Best: the fastest "
                + "call. Median: of the best round; speeds are by it. Shares are of threads × the best one-thread peak around the rounds. "
                + "Exchange: right before and after the best round.")
            .Table(ToTable());
        foreach (string note in Notes()) page.Paragraph(note + ".");
        return page;
    }
}
