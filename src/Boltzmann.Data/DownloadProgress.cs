namespace Boltzmann.Data;

/// <summary>How far a download has come.</summary>
/// <param name="File">What is fetched.</param>
/// <param name="Bytes">Bytes that are there, those of an interrupted earlier try included.</param>
/// <param name="Mirror">Where they come from.</param>
public readonly record struct DownloadProgress(DataFile File, long Bytes, Uri Mirror);
