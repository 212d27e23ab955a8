namespace Boltzmann.Runs;

/// <summary>What a fine-tuned network predicts.</summary>
public enum PredictionTask
{
    /// <summary>The class of a row.</summary>
    Classification,

    /// <summary>The number that the label column holds.</summary>
    Regression,

    /// <summary>The row itself, through a code: an auto-encoder. It needs no labels.</summary>
    Reconstruction,
}
