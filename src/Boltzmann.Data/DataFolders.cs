namespace Boltzmann.Data;

/// <summary>
/// Where named sets lie: in <c>ROOT/NAME/FILE</c>, the roots being a stated folder, BOLTZMANN_DATA, and the user's cache.
/// </summary>
public static class DataFolders
{
    /// <summary>Name of the environment variable that holds a root.</summary>
    public const string Variable = "BOLTZMANN_DATA";

    /// <summary>The user's cache: LocalAppData on Windows, else XDG_CACHE_HOME or ~/.cache, then <c>boltzmann</c>.</summary>
    public static string Cache
    {
        get
        {
            string root = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg) ? xdg
                : Path.Combine(Home, ".cache");
            return Path.Combine(root, "boltzmann");
        }
    }

    // Not verified: a home that is not there yet is not the current folder.
    static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify)
        is { Length: > 0 } home ? home : Path.GetTempPath();

    /// <summary>The roots in the order they are looked into.</summary>
    /// <param name="folder">Comes first; null for none.</param>
    public static IReadOnlyList<string> Search(string? folder = null)
    {
        var roots = new List<string>();
        if (folder is not null) roots.Add(folder);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } stated) roots.Add(stated);
        roots.Add(Cache);
        return roots;
    }
}
