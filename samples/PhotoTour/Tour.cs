using System.Diagnostics;
using EdgeHost.Client;
using EdgeHost.Protocol;

namespace PhotoTour;

/// <summary>Visits one picture.</summary>
internal static class Tour
{
    public static async Task VisitAsync(EdgeHostClient client, string path, string folder)
    {
        var image = await File.ReadAllBytesAsync(path);
        Console.WriteLine();
        Console.WriteLine($"{Path.GetFileName(path)} ({image.Length / 1024} KiB)");

        CallInfo? facesInfo = null, textInfo = null;
        var started = Stopwatch.GetTimestamp();
        var faces = await client.Vision.DetectFacesAsync(image, new CallOptions { OnInfo = info => facesInfo = info });
        var facesTime = Stopwatch.GetElapsedTime(started);

        started = Stopwatch.GetTimestamp();
        var text = await client.Vision.RecognizeTextAsync(image, new CallOptions { OnInfo = info => textInfo = info });
        var textTime = Stopwatch.GetElapsedTime(started);

        Console.WriteLine($"  faces  {faces.Faces.Count,3}   {Describe(facesTime, facesInfo)}");
        foreach (var face in faces.Faces)
        {
            Console.WriteLine($"           {face.Confidence:P0} at x {face.Box.X:F0}, y {face.Box.Y:F0}, {face.Box.Width:F0} x {face.Box.Height:F0}");
        }

        Console.WriteLine($"  lines  {text.Lines.Count,3}   {Describe(textTime, textInfo)}");
        foreach (var line in text.Lines)
        {
            Console.WriteLine($"           {line.Confidence:P0} {line.Text}");
        }

        var annotated = Path.Combine(folder, Path.GetFileNameWithoutExtension(path) + ".annotated.png");
        using var annotator = Annotator.Open(image);
        annotator.DrawLines(text.Lines);
        annotator.DrawFaces(faces.Faces);
        annotator.Save(annotated);
        Console.WriteLine($"  drawn to {annotated}");
    }

    private static string Describe(TimeSpan total, CallInfo? info)
        => info is null
            ? $"{total.TotalMilliseconds:F0} ms"
            : $"{total.TotalMilliseconds:F0} ms on {info.Device} (load {info.LoadTime.TotalMilliseconds:F0}, queue {info.QueueTime.TotalMilliseconds:F0}, run {info.RunTime.TotalMilliseconds:F0})";
}
