namespace Boltzmann.Evaluation;

/// <summary>
/// log Σ e^x over a stream of x in one pass: the sum is kept relative to the greatest x so far, so it neither over- nor underflows.
/// </summary>
struct LogSum()
{
    double top = double.NegativeInfinity, total;

    public readonly double Value => double.IsInfinity(top) ? top : top + Math.Log(total);

    public void Add(double x)
    {
        if (x <= top) total += double.IsNegativeInfinity(x) ? 0 : Math.Exp(x - top);
        else
        {
            // For NaN neither comparison holds and the sum becomes NaN, as it should.
            total = double.IsNegativeInfinity(top) ? 1 : total * Math.Exp(top - x) + 1;
            top = x;
        }
    }
}
