namespace Digits;

/// <summary>Draws a digit with half blocks: two rows of pixels in one of text.</summary>
internal static class Drawing
{
    private const int Side = 28;
    private const float Ink = 0.4f;

    public static IEnumerable<string> Of(float[] pixels)
    {
        for (var row = 0; row < Side; row += 2)
        {
            var (upper, lower) = (row * Side, (row + 1) * Side);
            yield return string.Concat(Enumerable.Range(0, Side).Select(column => (pixels[upper + column] > Ink, pixels[lower + column] > Ink) switch
            {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                _ => ' ',
            })).TrimEnd();
        }
    }
}
