using System.Diagnostics;

namespace Boltzmann.Tests.Cli.Terminals;

/// <summary>The program as a process at a terminal of its own, of which python3 keeps the other end.</summary>
static class PseudoTerminal
{
    const string Script = """
        import fcntl, os, pty, struct, sys, termios
        columns = int(sys.argv[1])
        child, terminal = pty.fork()
        if child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 30, columns, 0, 0))
            os.execvp(sys.argv[2], sys.argv[2:])
        while True:
            try:
                written = os.read(terminal, 65536)
            except OSError:
                break
            if not written:
                break
            os.write(1, written)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """;

    /// <summary>Whether there is a python3 that can do it.</summary>
    public static bool Exists => !OperatingSystem.IsWindows() && exists.Value;

    static readonly Lazy<bool> exists = new(() =>
    {
        try
        {
            using Process process = Process.Start(Python("-c", "import pty, termios"))!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    /// <summary>Runs a command at a terminal of so many columns, to its end.</summary>
    /// <returns>The screen as it was left, and the exit code.</returns>
    public static async Task<(TerminalScreen Screen, int Code)> Run(int columns, params string[] arguments)
    {
        string program = typeof(Boltzmann.Cli.Application).Assembly.Location;
        using Process process = Process.Start(Python(["-c", Script, $"{columns}", "dotnet", program, .. arguments]))!;
        string written = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var screen = new TerminalScreen(columns);
        screen.Write(written);
        return (screen, process.ExitCode);
    }

    static ProcessStartInfo Python(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", arguments)
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment["TERM"] = "xterm-256color";
        // Where one of these is set Spectre.Console takes nobody to be there.
        foreach (string name in (string[])["CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "TEAMCITY_VERSION", "JENKINS_URL", "TRAVIS",
            "APPVEYOR", "BITRISE_IO", "BITBUCKET_COMMIT", "NO_COLOR", "COLUMNS", "LINES"]) start.Environment.Remove(name);
        return start;
    }
}
