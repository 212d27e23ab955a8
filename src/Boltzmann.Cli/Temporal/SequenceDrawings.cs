namespace Boltzmann.Cli.Temporal;

/// <summary>What commands draw of sequences.</summary>
static class SequenceDrawings
{
    /// <summary>The last steps that were read and what is expected after them.</summary>
    public static string Forecast(TrainedSequences trained, Sequences read, Forecast[] forecasts) =>
        throw new NotImplementedException();

    /// <summary>Steps that a machine made, after those that it was given.</summary>
    public static string Roll(TrainedSequences trained, Matrix? prefix, Matrix rows) => throw new NotImplementedException();

    /// <summary>Steps that are pictures, one after the other.</summary>
    public static byte[] Film(Matrix rows, ImageShape shape, int frameMs, int lastMs) => throw new NotImplementedException();

    /// <summary>A MIDI file of a piano roll.</summary>
    public static void WriteMidi(string path, Matrix? prefix, Matrix rows, int lowestPitch) => throw new NotImplementedException();
}
