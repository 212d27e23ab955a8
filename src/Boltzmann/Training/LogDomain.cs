namespace Boltzmann;

/// <summary>Learns a positive parameter on its logarithm: the gradient is multiplied by θ, the step taken on log θ, and θ = e^{log θ} stays positive.</summary>
sealed class LogDomain(Parameter parameter)
{
    readonly Matrix logarithm = parameter.Value.Like(1, parameter.Value.Columns), scaled = parameter.Value.Like(1, parameter.Value.Columns);
    readonly double[] row = new double[parameter.Value.Columns];

    public void Apply(IOptimizer optimizer, int index, Matrix gradient, Matrix one, in StepRates rates)
    {
        scaled.SetScaled(gradient, parameter.Value);
        parameter.Value.ReadRow(0, row);
        for (int i = 0; i < row.Length; i++) row[i] = Math.Log(row[i]);
        logarithm.WriteRow(0, row);
        optimizer.Apply(index, logarithm, [new Factor(one, scaled, 1)], rates);
        logarithm.ReadRow(0, row);
        for (int i = 0; i < row.Length; i++) row[i] = Math.Exp(row[i]);
        parameter.Value.WriteRow(0, row);
    }
}
