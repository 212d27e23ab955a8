namespace Boltzmann;

/// <content>Several operations in one call of the backend: on a device one launch, on this machine one after another.</content>
public sealed partial class Matrix
{
    /// <summary>Every entry of every matrix becomes <paramref name="value"/>.</summary>
    /// <param name="matrices">Of one placement and any shapes.</param>
    /// <param name="value">Rounded to their precision.</param>
    public static void Fill(ReadOnlySpan<Matrix> matrices, double value)
    {
        if (matrices.Length == 0) return;
        foreach (Matrix matrix in matrices) matrices[0].RequirePlacement(matrix);
        matrices[0].Backend.Fill(matrices, value);
    }

    /// <summary>destinations[i] = sources[i], all of one placement.</summary>
    public static void Copy(ReadOnlySpan<Matrix> destinations, ReadOnlySpan<Matrix> sources)
    {
        if (destinations.Length != sources.Length) Fail($"{sources.Length} matrices cannot be copied into {destinations.Length}");
        if (destinations.Length == 0) return;
        for (int i = 0; i < destinations.Length; i++)
        {
            Matrix destination = destinations[i], source = sources[i];
            destination.Require(source.Rows == destination.Rows && source.Columns == destination.Columns, source, "copied into");
            destinations[0].RequirePlacement(destination);
            destination.RequirePlacement(source);
        }
        destinations[0].Backend.Copy(destinations, sources);
    }

    /// <summary>Several column sums, one after another.</summary>
    public static void SetColumnSums(ReadOnlySpan<Moment> moments)
    {
        if (moments.Length == 0) return;
        foreach (ref readonly Moment m in moments)
        {
            moments[0].Destination.RequirePlacement(m.Destination);
            m.Destination.RequireColumnSums(m.A, m.B, m.RowWeights);
        }
        moments[0].Destination.Backend.ColumnSums(moments);
    }

    /// <summary>Moves several parameters along their factored gradients.</summary>
    /// <param name="updates">Of different parameters.</param>
    /// <param name="factors">The factors of all gradients, those of the first update first.</param>
    public static void Update(ReadOnlySpan<ParameterUpdate> updates, ReadOnlySpan<Factor> factors)
    {
        if (updates.Length == 0) return;
        int used = 0;
        foreach (ref readonly ParameterUpdate u in updates)
        {
            if (u.Factors < 0 || u.Factors > factors.Length - used) Fail($"there are {factors.Length} factors, but the updates take more");
            updates[0].Parameter.RequirePlacement(u.Parameter);
            u.Parameter.RequireUpdate(u.First, u.Second, factors.Slice(used, u.Factors), u.Rule);
            used += u.Factors;
        }
        if (used < factors.Length) Fail($"there are {factors.Length} factors, but the updates take {used}");
        updates[0].Parameter.Backend.Update(updates, factors);
    }

    /// <summary>For each in turn destination += scale·outerᵀ·(inner·rowᵀ).</summary>
    public static void AddProjections(ReadOnlySpan<Projection> projections)
    {
        if (projections.Length == 0) return;
        foreach (ref readonly Projection p in projections)
        {
            if (p.Outer.Rows != p.Inner.Rows || p.Along.Rows != p.Inner.Rows || p.Along.Columns != 1)
                Fail($"{p.Outer.Shape}, {p.Inner.Shape} and {p.Along.Shape} do not form a projection");
            projections[0].Destination.RequirePlacement(p.Destination);
            p.Outer.RequireRowOf(p.Destination);
            p.Inner.RequireRowOf(p.Row);
            p.Inner.RequirePlacement(p.Outer);
            p.Inner.RequirePlacement(p.Along);
        }
        projections[0].Destination.Backend.AddProjections(projections);
    }
}
