namespace Boltzmann.Evaluation;

/// <summary>
/// Two Gaussian layers are one normal distribution with precision matrix [[Γ₀, −W], [−Wᵀ, Γ₁]]. The larger side is integrated out, which
/// leaves the Schur complement S = Γ_k − AᵀΓ_o⁻¹A of the kept side k (A = W seen from the other side o); the model has a distribution only
/// if S is positive definite.
/// </summary>
sealed class GaussianPair : ExactMethod
{
    readonly int kept;
    readonly int n;
    readonly double[] gamma, theta, otherGamma, otherTheta, mean;
    readonly double[,] cholesky;

    readonly Matrix weights;

    /// <exception cref="BadInputException">The model has no distribution: its energy is not bounded from below.</exception>
    public GaussianPair(EnergyModel model) : base(model)
    {
        weights = ((Dense)model.Interactions[0]).Weights.Clone();
        if (model.Coupling != 1) weights.SetSum(weights, model.Coupling);
        kept = model.Layers[0].Units < model.Layers[1].Units ? 0 : 1;
        Layer keptLayer = model.Layers[kept];
        Layer other = model.Layers[1 - kept];
        n = keptLayer.Units;
        (gamma, theta) = (keptLayer.QuadraticPrecision!.ReadRow(0), keptLayer.Bias.ReadRow(0));
        (otherGamma, otherTheta) = (other.QuadraticPrecision!.ReadRow(0), other.Bias.ReadRow(0));
        cholesky = Factorise(SchurComplement(other));
        mean = MeanOfKept(other);
    }

    /// <summary>Whether a model is two joined Gaussian layers.</summary>
    public static bool Is(EnergyModel model) =>
        model.Layers.Count == 2 && model.Interactions is [Dense] && model.Layers.All(l =>
            l.QuadraticPrecision is not null && l.Values == UnitValues.Reals);

    /// <summary>
    /// log Z = (N/2)·log 2π − ½·log det(precision matrix) + ½·θᵀ·(precision matrix)⁻¹·θ, all by way of the Schur complement.
    /// </summary>
    public override double LogPartition(CancellationToken cancellation = default)
    {
        double sum = 0.5 * (n + otherGamma.Length) * Math.Log(2 * Math.PI);
        for (int i = 0; i < otherGamma.Length; i++) sum += 0.5 * (otherTheta[i] * otherTheta[i] / otherGamma[i] - Math.Log(otherGamma[i]));
        double[] field = FieldOfKept(Model.Layers[1 - kept]);
        for (int i = 0; i < n; i++) sum += 0.5 * field[i] * mean[i] - Math.Log(cholesky[i, i]);
        return sum;
    }

    /// <summary>kept = mean + L⁻ᵀz, then the other side given it.</summary>
    public override void Sample(State state, Rng rng)
    {
        Matrix states = state[kept];
        states.SampleNormal(rng);
        var row = new double[n];
        for (int r = 0; r < states.Rows; r++)
        {
            states.ReadRow(r, row);
            SolveUpper(row);
            for (int i = 0; i < n; i++) row[i] += mean[i];
            states.WriteRow(r, row);
        }
        Gibbs.Draw(Model, state, 1 - kept, rng);
    }

    public override IReadOnlyList<Matrix> Moments()
    {
        List<Matrix> moments = ZeroMoments();
        int split = Model.Layers[0].Parameters.Count, last = moments.Count - 1;
        // E[kkᵀ] = S⁻¹ + μμᵀ, one column of S⁻¹ at a time.
        Matrix second = weights.Like(n, n);
        double[] column = new double[n], keptSquares = new double[n];
        for (int j = 0; j < n; j++)
        {
            Array.Clear(column);
            column[j] = 1;
            SolveLower(column);
            SolveUpper(column);
            for (int i = 0; i < n; i++) column[i] += mean[i] * mean[j];
            keptSquares[j] = column[j];
            second.WriteRow(j, column);
        }

        // The other side has mean o = Γ_o⁻¹(θ_o + A·k) and variance Γ_o⁻¹ given k; field = A·E[kkᵀ] and reach = A·E[k].
        Matrix field = weights.Like(otherGamma.Length, n), reach = weights.Like(1, otherGamma.Length);
        if (kept == 1) field.SetProduct(weights, second);
        else field.SetOuterProducts([new Factor(weights, second, 1)]);
        reach.SetProduct(Matrix.Row(mean, Model.Placement), weights, transposeRight: kept == 1);
        double[] hears = reach.ReadRow(0), otherMean = new double[otherGamma.Length], otherSquares = new double[otherGamma.Length];
        Matrix cross = field.Like(otherGamma.Length, n);
        double[] fieldRow = new double[n], weightRow = new double[n];
        for (int i = 0; i < otherGamma.Length; i++)
        {
            field.ReadRow(i, fieldRow);
            ReadWeightsOfOther(i, weightRow);
            double quadratic = 0;
            for (int j = 0; j < n; j++) quadratic += fieldRow[j] * weightRow[j];
            otherMean[i] = (otherTheta[i] + hears[i]) / otherGamma[i];
            otherSquares[i] = 1 / otherGamma[i]
                + (otherTheta[i] * (otherTheta[i] + 2 * hears[i]) + quadratic) / (otherGamma[i] * otherGamma[i]);
            for (int j = 0; j < n; j++) fieldRow[j] = (otherTheta[i] * mean[j] + fieldRow[j]) / otherGamma[i];
            cross.WriteRow(i, fieldRow);
        }
        Set(kept, mean, keptSquares);
        Set(1 - kept, otherMean, otherSquares);
        if (kept == 1) moments[last] = cross;
        else
        {
            double[,] values = cross.ToArray();
            for (int i = 0; i < n; i++)
            {
                var row = new double[otherGamma.Length];
                for (int j = 0; j < row.Length; j++) row[j] = values[j, i];
                moments[last].WriteRow(i, row);
            }
        }
        return Tempered(moments);

        void Set(int side, double[] first, double[] squares)
        {
            int start = side == 0 ? 0 : split;
            moments[start].WriteRow(0, first);
            if (Model.Layers[side].Parameters[1].IsFixed) return;
            for (int i = 0; i < squares.Length; i++) squares[i] *= -0.5;
            moments[start + 1].WriteRow(0, squares);
        }
    }

    double[,] SchurComplement(Layer other)
    {
        Matrix scaled = weights.Like(weights.Rows, weights.Columns), square = weights.Like(n, n);
        if (kept == 1)
        {
            // Rows of W belong to the other side; spread 1/√γ down them.
            Matrix column = weights.Like(otherGamma.Length, 1);
            for (int i = 0; i < otherGamma.Length; i++) column.WriteRow(i, [otherGamma[i]]);
            scaled.SetScaled(weights, column, -0.5);
            square.SetOuterProducts([new Factor(scaled, scaled, -1)]);
        }
        else
        {
            scaled.SetScaled(weights, other.QuadraticPrecision!, -0.5);
            square.SetProduct(scaled, scaled, transposeRight: true, scale: -1);
        }
        double[,] schur = square.ToArray();
        for (int i = 0; i < n; i++) schur[i, i] += gamma[i];
        return schur;
    }

    double[,] Factorise(double[,] matrix)
    {
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++) sum -= matrix[i, k] * matrix[j, k];
                if (i > j) matrix[i, j] = sum / matrix[j, j];
                else if (sum > 0 && double.IsFinite(sum)) matrix[j, j] = Math.Sqrt(sum);
                else throw new BadInputException("the model has no distribution: its weights are too large for its precisions, so the "
                    + $"energy of two Gaussian layers falls without bound (the precision matrix is not positive definite at unit {j} of "
                    + $"the {(kept == 0 ? "lower" : "upper")} layer)");
            }
        }
        return matrix;
    }

    // θ_k + Aᵀ·Γ_o⁻¹·θ_o: the linear term of the kept side's marginal.
    double[] FieldOfKept(Layer other)
    {
        Matrix mode = other.Bias.Like(1, other.Units), inputs = other.Bias.Like(1, n);
        mode.SetScaled(other.Bias, other.QuadraticPrecision!, -1);
        inputs.SetProduct(mode, weights, transposeRight: kept == 0);
        double[] field = inputs.ReadRow(0);
        for (int i = 0; i < n; i++) field[i] += theta[i];
        return field;
    }

    double[] MeanOfKept(Layer other)
    {
        double[] field = FieldOfKept(other);
        SolveLower(field);
        SolveUpper(field);
        return field;
    }

    void SolveLower(double[] x)
    {
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++) x[i] -= cholesky[i, k] * x[k];
            x[i] /= cholesky[i, i];
        }
    }

    void SolveUpper(double[] x)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) x[i] -= cholesky[k, i] * x[k];
            x[i] /= cholesky[i, i];
        }
    }

    void ReadWeightsOfOther(int unit, double[] destination)
    {
        if (kept == 1)
        {
            weights.ReadRow(unit, destination);
            return;
        }
        var row = new double[otherGamma.Length];
        for (int j = 0; j < n; j++)
        {
            weights.ReadRow(j, row);
            destination[j] = row[unit];
        }
    }
}
