namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Squared paper, as an ECG is printed on: small squares and, at each fifth line, large ones.</summary>
/// <param name="X">A small square's width, in units of the axis, above 0.</param>
/// <param name="Y">Its height.</param>
public readonly record struct PaperGrid(double X, double Y)
{
    /// <summary>Small squares of a large one.</summary>
    public const int SquaresOfLarge = 5;
}
