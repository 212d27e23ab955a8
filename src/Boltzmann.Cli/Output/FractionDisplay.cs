using System.Diagnostics;

namespace Boltzmann.Cli;

/// <summary>A line for work beside training: how much of it is done, where that is known. At a terminal only.</summary>
static class FractionDisplay
{
    /// <summary>Runs work that reports its done share, under a bar.</summary>
    public static T Show<T>(Session session, string title, Func<IProgress<double>, T> work)
    {
        var share = new Share();
        return While(session, title, share, () => work(share));
    }

    /// <summary>Runs work that does not know its share, under a line that tells how long it has been going on.</summary>
    public static T Show<T>(Session session, string title, Func<T> work) => While(session, title, new Share { Value = double.NaN }, work);

    static T While<T>(Session session, string title, Share share, Func<T> work)
    {
        if (!session.IsInteractive) return work();
        // Within a training there is a picture already, which then tells of this, too.
        if (session.Screen.IsShowing) return session.Besides(() => share.Words(title), work);
        var clock = Stopwatch.StartNew();
        return session.Screen.While(() =>
        {
            double seconds = clock.Elapsed.TotalSeconds, value = share.Value;
            string time = value is > 0 and < 1 ? $"{TimeText.Of(seconds / value * (1 - value))} left" : TimeText.Of(Math.Floor(seconds));
            return ProgressLine.Of(session.Interruption ?? title, value, time, session.Screen.PictureWidth);
        }, work);
    }

    // Not System.Progress, which reports on another thread and later.
    sealed class Share : IProgress<double>
    {
        double value;

        public double Value
        {
            get => Volatile.Read(ref value);
            init => this.value = value;
        }

        public string Words(string title) => double.IsNaN(Value) ? title : $"{title} {Math.Floor(100 * Value)}%";

        public void Report(double share) => Volatile.Write(ref value, share);
    }
}
