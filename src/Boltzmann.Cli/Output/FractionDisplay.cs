using Spectre.Console;

namespace Boltzmann.Cli;

/// <summary>A bar for work that reports its done share: at a terminal only, since a file has no use for it.</summary>
static class FractionDisplay
{
    /// <summary>Runs work under a bar.</summary>
    public static T Show<T>(Session session, string title, Func<IProgress<double>, T> work)
    {
        if (!session.IsInteractive) return work(new Share(null));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(session.Prose) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Share(context.AddTask(Spectre.Console.Markup.Escape(title), maxValue: 1))));
    }

    // Not System.Progress, which reports on another thread and later.
    sealed class Share(ProgressTask? task) : IProgress<double>
    {
        public void Report(double value)
        {
            if (task is not null) task.Value = value;
        }
    }
}
