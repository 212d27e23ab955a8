namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a run found, as a page.</summary>
static class BenchPage
{
    public static string Of(BenchReport report)
    {
        BenchMachine machine = report.Machine;
        var page = new MarkdownPage("boltzmann bench")
            .Paragraph($"{machine}. Data: {report.Data}, after one epoch. FMA peak {machine.Threads * report.OneThreadPeak:F0} GFLOP/s: "
                + $"{machine.Threads} × the peak of one thread.{Exchange(report)}")
            .Paragraph("One CD-1 step: gathering rows, five products, sampling, biases, momentum, L2, update. GFLOP/s count 10·V·H·B "
                + "operations, whether zeros are skipped or not. One PCD-1 step: the same with as many chains as rows. One fine-tuning "
                + "step: gathering rows and targets, the passes up and down a network V-H-10 (sigmoid, softmax), the loss, Adam; "
                + "(4·V + 60)·H·B operations. One DBM step, V-H-1024: mean-field inference of "
                + $"{BenchCase.MeanFieldSweeps} sweeps, one sweep of as many chains as rows, gradient and update; 2·H·B·(5·V "
                + $"+ {5 + 2 * BenchCase.MeanFieldSweeps}·1024) operations. Encoding: the hidden means of all rows; 2·V·H·B operations. "
                + "AIS: one inverse temperature of annealed importance sampling, B chains; 4·V·H·B operations.")
            .Paragraph("A case is visited in rounds. Its time is the median step of its best visit. Shares are of threads × the best "
                + "one-thread peak around its visits. Over one thread: the speed over that of one thread in the same run. Exchange: two "
                + "cores exchange a word in so many nanoseconds right before and after that visit. Disturbed: visits whose exchange was "
                + $"above {Disturbances.WorstExchange:F0} ns or, with several threads, {Disturbances.TimesMedian:F0} times the run's "
                + $"median, or whose one-thread peak was below {Disturbances.LeastPeak:P0} of the best. They do not count where there are "
                + $"others; {report.Repeats} visits were repeats of such ones.");
        if (report.Results.Count > 0) page.Table(BenchText.Table(report));
        foreach (string note in BenchText.Notes(report)) page.Paragraph(note + ".");
        return page.ToString();
    }

    // A machine may have a single core, and a run no visits.
    static string Exchange(BenchReport report) => double.IsNaN(report.ExchangeBefore) ? ""
        : $" Two cores exchange a word, there and back, in {report.ExchangeBefore:F0} ns before and {report.ExchangeAfter:F0} ns after the "
            + "run"
            + (double.IsNaN(report.ExchangeMedian) ? "." : $"; the median during it is {report.ExchangeMedian:F0} ns.");
}
