using System.Buffers.Binary;
using System.Net.Sockets;
using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Contenders;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>
/// Serves one raw connection: everything that has come is answered with one send. A request larger than the buffer gets a buffer of its very size, so that the
/// next one begins at its start. For one thread.
/// </summary>
internal sealed class RawConnection(Socket socket)
{
    private const int BufferBytes = 256 * 1024;

    private readonly byte[] _small = RawWire.Answer(Exchange.SmallAnswerBytes);
    private readonly byte[] _answers = new byte[64 * 1024];
    private byte[] _buffer = new byte[BufferBytes];
    private byte[] _large = [];
    private int _answerBytes;
    private int _start;
    private int _end;

    public void Run()
    {
        try
        {
            using (socket)
            {
                do
                {
                    var missing = AnswerAll();
                    Flush();
                    MakeRoom(missing);
                }
                while (Receive());
            }
        }
        catch (SocketException)
        {
            // The client went away.
        }
    }

    // Answers what is complete; returns how long the next request is, as far as it is known.
    private int AnswerAll()
    {
        while (_end - _start >= RawWire.RequestHeaderBytes)
        {
            var header = _buffer.AsSpan(_start);
            var length = RawWire.RequestHeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(header);
            if (_end - _start < length) return length;
            _start += length;
            Answer(BinaryPrimitives.ReadInt32LittleEndian(header[4..]));
        }

        return RawWire.RequestHeaderBytes;
    }

    private void Answer(int bytes)
    {
        if (bytes == Exchange.SmallAnswerBytes)
        {
            if (_answerBytes + _small.Length > _answers.Length) Flush();
            _small.CopyTo(_answers, _answerBytes);
            _answerBytes += _small.Length;
            return;
        }

        Flush();
        if (_large.Length != RawWire.AnswerHeaderBytes + bytes) _large = RawWire.Answer(bytes);
        RawWire.SendAll(socket, _large);
    }

    private void Flush()
    {
        RawWire.SendAll(socket, _answers.AsSpan(0, _answerBytes));
        _answerBytes = 0;
    }

    private void MakeRoom(int missing)
    {
        if (_start == _end) _start = _end = 0;
        var wanted = Math.Max(missing, BufferBytes);
        if (missing > RawWire.RequestHeaderBytes && _buffer.Length != wanted)
        {
            // What is there is the beginning of one request, so it fits.
            var buffer = new byte[wanted];
            _buffer.AsSpan(_start.._end).CopyTo(buffer);
            (_buffer, _start, _end) = (buffer, 0, _end - _start);
        }
        else if (_start + missing > _buffer.Length)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
    }

    private bool Receive()
    {
        var received = socket.Receive(_buffer.AsSpan(_end));
        _end += received;
        return received > 0;
    }
}
