using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Checkpoints;

/// <summary>
/// A run in a file: what it is of, parameters, the optimiser's vectors, the best parameters so far, and a hash over all. Random numbers follow
/// from seed and step, so there is no generator to keep. Written beside its place, brought to the disk and renamed: whenever the process or
/// machine stops, there is the old one or the new one, whole.
/// </summary>
internal static class CheckpointFile
{
    private static readonly byte[] Magic = "EHTRAIN1"u8.ToArray();

    public static void Write(string path, TrainingState training, RunState run, string fingerprint, string dataHash)
    {
        var temporary = path + ".new";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                var header = Header(training, run, fingerprint, dataHash);
                Put(Magic);
                Put(BitConverter.GetBytes(header.Length));
                Put(header);
                Put(MemoryMarshal.AsBytes<float>(training.Current.Span));
                Put(MemoryMarshal.AsBytes<float>(run.Best));
                file.Write(hash.GetHashAndReset());
                file.Flush(flushToDisk: true);

                void Put(ReadOnlySpan<byte> bytes)
                {
                    file.Write(bytes);
                    hash.AppendData(bytes);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Delete(temporary);
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The checkpoint of step {training.Step} could not be written; see whether the disk is full. The one before is unharmed.", e);
        }
    }

    public static void Read(string path, TrainingState training, RunState run, string fingerprint, string dataHash)
    {
        using var file = File.OpenRead(path);
        Verify(file);
        var start = new byte[Magic.Length + sizeof(int)];
        file.ReadExactly(start);
        if (!start.AsSpan(0, Magic.Length).SequenceEqual(Magic)) throw Damaged();
        var header = new byte[BitConverter.ToInt32(start, Magic.Length)];
        file.ReadExactly(header);
        using var reader = new BinaryReader(new MemoryStream(header), Encoding.UTF8);
        Require(reader.ReadString() == fingerprint, "other settings");
        Require(reader.ReadString() == dataHash, "other data");
        Require(reader.ReadString() == Describe(training), "another network");
        training.Step = reader.ReadInt64();
        run.FirstLoss = reader.ReadSingle();
        run.Loss = reader.ReadDouble();
        run.BestLoss = reader.ReadSingle();
        run.BestStep = reader.ReadInt64();
        run.ValidatedStep = reader.ReadInt64();
        run.Stale = reader.ReadInt32();
        run.Best = new float[reader.ReadBoolean() ? training.Layout.Count : 0];
        file.ReadExactly(MemoryMarshal.AsBytes(training.Current.Span));
        file.ReadExactly(MemoryMarshal.AsBytes(run.Best.AsSpan()));
    }

    // First of all, so that everything after it is what was written.
    private static void Verify(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 * 1024];
        var left = file.Length - SHA256.HashSizeInBytes;
        if (left < Magic.Length) throw Damaged();
        while (left > 0)
        {
            var count = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (count == 0) throw Damaged();
            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        var expected = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(expected);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(expected)) throw Damaged();
        file.Position = 0;
    }

    private static byte[] Header(TrainingState training, RunState run, string fingerprint, string dataHash)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(fingerprint);
            writer.Write(dataHash);
            writer.Write(Describe(training));
            writer.Write(training.Step);
            writer.Write(run.FirstLoss);
            writer.Write(run.Loss);
            writer.Write(run.BestLoss);
            writer.Write(run.BestStep);
            writer.Write(run.ValidatedStep);
            writer.Write(run.Stale);
            writer.Write(run.Best.Length > 0);
        }

        return stream.ToArray();
    }

    private static string Describe(TrainingState training)
        => $"{training.Layout.Slots} {string.Join(';', training.Layout.Parameters.Select(parameter => $"{parameter.Name}{parameter.Shape}"))}";

    private static void Require(bool holds, string difference)
    {
        if (!holds) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The checkpoint is of a run with {difference}; begin anew, or give back what it was made with.");
    }

    private static EdgeHostException Damaged() => new(ErrorCode.DataLoss, "The checkpoint is damaged; begin anew.");

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next checkpoint writes over it.
        }
    }
}
