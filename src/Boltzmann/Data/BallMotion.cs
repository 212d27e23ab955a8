namespace Boltzmann.Data;

/// <summary>
/// Three balls of radius 1.2 and equal mass in a box of 10 × 10, which bounce off its walls and each other: the motion of Sutskever and
/// Hinton (2007). A frame is two half-steps; in each the balls move on, then the walls turn speeds around, then balls that overlap exchange
/// their speeds along the line between them.
/// </summary>
sealed class BallMotion
{
    /// <summary>How many balls.</summary>
    public const int Balls = 3;

    /// <summary>Width and height of the box.</summary>
    public const double Box = 10;

    /// <summary>Of each ball.</summary>
    public const double Radius = 1.2;

    const double Speed = 0.5, Step = 0.5, Least = 2;
    const int StepsPerFrame = 2;

    readonly double[,] place = new double[Balls, 2], speed = new double[Balls, 2];

    /// <summary>Balls inside the box and apart from each other; the root of the sum of their squared speeds is 0.5.</summary>
    /// <param name="draw">Settles everything.</param>
    public BallMotion(in Draw draw)
    {
        double sum = 0;
        for (int i = 0; i < Balls; i++)
            for (int z = 0; z < 2; z++)
            {
                speed[i, z] = Philox.Normal(draw, i, z);
                sum += speed[i, z] * speed[i, z];
            }
        for (int i = 0; i < Balls; i++)
            for (int z = 0; z < 2; z++) speed[i, z] *= Speed / Math.Sqrt(sum);
        // Places are numbers of units of their own.
        int attempt = 0;
        do
        {
            for (int i = 0; i < Balls; i++)
                for (int z = 0; z < 2; z++)
                    place[i, z] = Least + (Box - Least) * Philox.Uniform(draw, attempt * Balls + i, 2 + z);
            attempt++;
        }
        while (!IsPossible());
    }

    /// <summary>Where a ball is.</summary>
    public (double X, double Y) this[int ball] => (place[ball, 0], place[ball, 1]);

    /// <summary>Moves to the next frame.</summary>
    public void Advance()
    {
        for (int half = 0; half < StepsPerFrame; half++)
        {
            for (int i = 0; i < Balls; i++)
                for (int z = 0; z < 2; z++) place[i, z] += Step * speed[i, z];
            for (int i = 0; i < Balls; i++)
                for (int z = 0; z < 2; z++)
                {
                    if (place[i, z] - Radius < 0) speed[i, z] = Math.Abs(speed[i, z]);
                    if (place[i, z] + Radius > Box) speed[i, z] = -Math.Abs(speed[i, z]);
                }
            for (int i = 0; i < Balls; i++)
                for (int j = 0; j < i; j++) Collide(i, j);
        }
    }

    void Collide(int i, int j)
    {
        double x = place[i, 0] - place[j, 0], y = place[i, 1] - place[j, 1], distance = Math.Sqrt(x * x + y * y);
        if (distance >= 2 * Radius) return;
        (x, y) = (x / distance, y / distance);
        double exchanged = x * (speed[j, 0] - speed[i, 0]) + y * (speed[j, 1] - speed[i, 1]);
        speed[i, 0] += x * exchanged;
        speed[i, 1] += y * exchanged;
        speed[j, 0] -= x * exchanged;
        speed[j, 1] -= y * exchanged;
    }

    bool IsPossible()
    {
        for (int i = 0; i < Balls; i++)
        {
            for (int z = 0; z < 2; z++)
                if (place[i, z] - Radius < 0 || place[i, z] + Radius > Box) return false;
            for (int j = 0; j < i; j++)
            {
                double x = place[i, 0] - place[j, 0], y = place[i, 1] - place[j, 1];
                if (Math.Sqrt(x * x + y * y) < 2 * Radius) return false;
            }
        }
        return true;
    }
}
