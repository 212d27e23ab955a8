namespace Boltzmann.Inference;

/// <summary>What `evaluate` can find. A model is asked for some of these, by <see cref="EvaluationRequest"/>.</summary>
public enum EvaluationMetric
{
    /// <summary>log Z, of a stack that of the undirected pair on top.</summary>
    LogPartition,

    /// <summary>−log p(row) − log Z of each row.</summary>
    FreeEnergy,

    /// <summary>log p of each row.</summary>
    LogLikelihood,

    /// <summary>Σ_i log p(v_i | the other units of the row).</summary>
    PseudoLikelihood,

    /// <summary>Squared error and cross-entropy of what comes back from the hidden units.</summary>
    Reconstruction,

    /// <summary>The variational bound on the log-likelihood of a deep model.</summary>
    Elbo,

    /// <summary>How far that bound lies below the log-likelihood.</summary>
    VariationalGap,

    /// <summary>exp(−log p/words) of documents, each under the machine of its own length.</summary>
    Perplexity,

    /// <summary>The perplexity of every second word of documents given the others.</summary>
    Completion,

    /// <summary>Mean loss of labelled rows.</summary>
    Loss,

    /// <summary>Share of rows whose most probable class is right.</summary>
    Accuracy,

    /// <summary>Mean recall of the classes.</summary>
    BalancedAccuracy,

    /// <summary>Area under the precision–recall curve of each class, and their mean.</summary>
    AveragePrecision,

    /// <summary>
    /// Area under the curve of hits against false alarms of each class against the rest, and their mean; of two classes both are the same.
    /// </summary>
    RocAuc,

    /// <summary>Mean of −log p(true class), in nats.</summary>
    LogLoss,

    /// <summary>How often rows of each class were taken for each class.</summary>
    Confusion,

    /// <summary>1 − squared error/squared deviation of a number that is predicted.</summary>
    RSquared,

    /// <summary>√ of the mean squared error of a number that is predicted, in its units.</summary>
    Rmse,

    /// <summary>Mean absolute error of a number that is predicted, in its units.</summary>
    Mae,
}
