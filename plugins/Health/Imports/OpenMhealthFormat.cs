using System.Text.Json;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>
/// Data points of Open mHealth and IEEE 1752.1 as JSON: one, an array of them, or one after the other (a line each). Read one at a time, so that a file of any length takes
/// little memory.
/// </summary>
internal sealed class OpenMhealthFormat : IImportFormat
{
    private const int MostDepth = 64;

    /// <inheritdoc/>
    public IEnumerable<HealthSample> Read(Stream data, Action skipped)
    {
        var bytes = new byte[data.Length];
        data.ReadExactly(bytes);
        var cursor = new Cursor(bytes);
        var count = 0;
        for (; Next(cursor, count) is { } point; count++)
        {
            using (point)
            {
                var samples = OpenMhealthPoint.Read(point.RootElement, count);
                if (samples.Count == 0) skipped();
                foreach (var sample in samples) yield return sample;
            }
        }

        if (count == 0 && !cursor.HasArray) throw new EdgeHostException(ErrorCode.InvalidArgument, "The Open mHealth file has no data point.");
    }

    // A reader lives on the stack, which an iterator does not have: its state is kept in between.
    private static JsonDocument? Next(Cursor cursor, int count)
    {
        try
        {
            var reader = new Utf8JsonReader(cursor.Bytes.AsSpan(cursor.At), isFinalBlock: true, cursor.State);
            JsonDocument? point = null;
            while (point is null && reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartArray && reader.CurrentDepth == 0) cursor.HasArray = true;
                else if (reader.TokenType == JsonTokenType.StartObject) point = JsonDocument.ParseValue(ref reader);
                else if (reader.TokenType != JsonTokenType.EndArray) throw new EdgeHostException(ErrorCode.InvalidArgument, $"Data point {count} of the Open mHealth file is no object.");
            }

            (cursor.At, cursor.State) = (cursor.At + (int)reader.BytesConsumed, reader.CurrentState);
            return point;
        }
        catch (JsonException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The Open mHealth file is no JSON of at most {MostDepth} levels, or truncated, at data point {count} (line {e.LineNumber + 1}).", e);
        }
    }

    private sealed class Cursor(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public int At { get; set; }

        public bool HasArray { get; set; }

        public JsonReaderState State { get; set; } = new(new JsonReaderOptions { MaxDepth = MostDepth, AllowMultipleValues = true });
    }
}
