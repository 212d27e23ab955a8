namespace Boltzmann.Runs;

/// <summary>What a fine-tuned network predicts.</summary>
public enum PredictionTask
{
    /// <summary>The class of a row.</summary>
    Classification,

    /// <summary>The number that the label column holds.</summary>
    Regression,
}
