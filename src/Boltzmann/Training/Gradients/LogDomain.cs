namespace Boltzmann.Training;

/// <summary>
/// Learns a positive parameter on its logarithm: the gradient by log θ is θ·∇θ, and a step Δ of it makes θ ← θ·e^Δ, which stays positive.
/// The optimiser moves a zero, so that what comes back is the step alone, and θ does not wander by the rounding of log and exp.
/// </summary>
sealed class LogDomain(Parameter parameter)
{
    readonly Matrix step = parameter.Value.Like(1, parameter.Value.Columns), scaled = parameter.Value.Like(1, parameter.Value.Columns);
    readonly Matrix one = Matrix.Row(1, 1, parameter.Value.Placement);
    readonly double[] row = new double[parameter.Value.Columns], steps = new double[parameter.Value.Columns];

    public void Apply(IOptimizer optimizer, int index, Matrix gradient, in StepRates rates)
    {
        scaled.SetScaled(gradient, parameter.Value);
        step.Fill(0);
        optimizer.Apply(index, step, [new Factor(one, scaled, 1)], rates);
        step.ReadRow(0, steps);
        parameter.Value.ReadRow(0, row);
        for (int i = 0; i < row.Length; i++) row[i] *= Math.Exp(steps[i]);
        parameter.Value.WriteRow(0, row);
    }
}
