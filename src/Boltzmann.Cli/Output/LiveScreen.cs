using Spectre.Console;
using Spectre.Console.Rendering;

namespace Boltzmann.Cli;

/// <summary>The lowest lines of a terminal, drawn anew while work goes on; lines that are written meanwhile stay above them.</summary>
sealed class LiveScreen(IAnsiConsole console)
{
    const string ShowCursor = "\u001b[?25h";
    static readonly TimeSpan redraw = TimeSpan.FromMilliseconds(125);

    readonly Lock gate = new();
    Func<IRenderable>? picture;
    LiveDisplayContext? context;

    /// <summary>Whether cursor movements are understood, so that lines can be drawn anew.</summary>
    public bool IsLive => console.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Places in a line; the last one is left free, because terminals differ in what comes after it.</summary>
    public int Width => Math.Max(20, console.Profile.Width - 1);

    /// <summary>Places in a line of a picture: the terminal itself writes ^C behind its last one.</summary>
    public int PictureWidth => Width - 2;

    /// <summary>Whether work goes on under a picture.</summary>
    public bool IsShowing => context is not null;

    /// <summary>Does work under a picture, which disappears in the end.</summary>
    /// <param name="show">Draws it as things stand: from another thread, several times a second.</param>
    /// <param name="work">The work, which is done once.</param>
    public T While<T>(Func<IRenderable> show, Func<T> work)
    {
        T result = default!;
        console.Live(show()).AutoClear(true).Start(live =>
        {
            lock (gate) (picture, context) = (show, live);
            using var clock = new Timer(_ => Draw(), null, TimeSpan.Zero, redraw);
            try
            {
                result = work();
            }
            finally
            {
                lock (gate) (picture, context) = (null, null);
            }
        });
        return result;
    }

    /// <summary>A line above the picture, which stays; one that is too long is broken between words.</summary>
    public void WriteLine(string line)
    {
        lock (gate)
        {
            // Blanks cover what the picture had there.
            foreach (string part in Lines.Wrap(line, Width)) console.Write(new Text((IsShowing ? part.PadRight(Width) : part) + "\n"));
        }
    }

    /// <summary>Leaves the terminal as a shell expects it: for a program that is about to be ended from outside.</summary>
    public void Restore()
    {
        if (IsShowing) console.Profile.Out.Writer.Write(ShowCursor);
    }

    void Draw()
    {
        lock (gate)
        {
            if (context is not null && picture is not null) context.UpdateTarget(picture());
        }
    }
}
