namespace Boltzmann.Experiments;

/// <summary>Files that are part of the program: page templates and what is known of the experiments.</summary>
static class Resource
{
    /// <summary>The text of a file, by its path in the source of this project.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Text(string path)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"{path} is not part of the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
