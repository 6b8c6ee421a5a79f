using System.Numerics.Tensors;

namespace EdgeHost.Benchmarks.Training;

/// <summary>
/// What one would write without an engine: one hidden layer with sigmoid, softmax and cross entropy, Adam, in loops over vectors. One thread,
/// nothing allocated in a step.
/// </summary>
internal sealed class HandWrittenNetwork
{
    private readonly int _inputs;
    private readonly int _hidden;
    private readonly int _outputs;
    private readonly int _batch;
    private readonly float[] _parameters;
    private readonly float[] _gradients;
    private readonly float[] _mean;
    private readonly float[] _spread;
    private readonly float[] _scratch;
    private readonly float[] _h;
    private readonly float[] _dh;
    private readonly float[] _y;
    private int _steps;

    public HandWrittenNetwork(int inputs, int hidden, int outputs, int batch)
    {
        (_inputs, _hidden, _outputs, _batch) = (inputs, hidden, outputs, batch);
        var count = (inputs * hidden) + hidden + (hidden * outputs) + outputs;
        _parameters = new float[count];
        (_gradients, _mean, _spread, _scratch) = (new float[count], new float[count], new float[count], new float[count]);
        (_h, _dh, _y) = (new float[batch * hidden], new float[hidden], new float[outputs]);
        var random = new Random(1);
        for (var i = 0; i < count; i++) _parameters[i] = (float)((random.NextDouble() - 0.5) * 0.1);
    }

    public int ParameterCount => _parameters.Length;

    public float Step(ReadOnlySpan<float> x, ReadOnlySpan<long> labels, float rate)
    {
        Array.Clear(_gradients);
        var loss = 0f;
        for (var n = 0; n < _batch; n++) loss += Example(x.Slice(n * _inputs, _inputs), (int)labels[n], _h.AsSpan(n * _hidden, _hidden));
        Adam(rate);
        return loss / _batch;
    }

    private float Example(ReadOnlySpan<float> x, int label, Span<float> h)
    {
        var (w1, b1, w2, b2) = Parts(_parameters);
        b1.CopyTo(h);
        for (var i = 0; i < _inputs; i++) TensorPrimitives.MultiplyAdd(w1.Slice(i * _hidden, _hidden), x[i], h, h);
        TensorPrimitives.Sigmoid(h, h);
        b2.CopyTo(_y);
        for (var j = 0; j < _hidden; j++) TensorPrimitives.MultiplyAdd(w2.Slice(j * _outputs, _outputs), h[j], _y, _y);
        TensorPrimitives.SoftMax(_y, _y);
        var loss = -MathF.Log(_y[label]);

        var (dw1, db1, dw2, db2) = Parts(_gradients);
        _y[label] -= 1;
        TensorPrimitives.Multiply(_y, 1f / _batch, _y);
        TensorPrimitives.Add(db2, _y, db2);
        for (var j = 0; j < _hidden; j++)
        {
            var row = dw2.Slice(j * _outputs, _outputs);
            TensorPrimitives.MultiplyAdd(_y, h[j], row, row);
            _dh[j] = TensorPrimitives.Dot<float>(w2.Slice(j * _outputs, _outputs), _y) * h[j] * (1 - h[j]);
        }

        TensorPrimitives.Add(db1, _dh, db1);
        for (var i = 0; i < _inputs; i++)
        {
            var row = dw1.Slice(i * _hidden, _hidden);
            TensorPrimitives.MultiplyAdd(_dh, x[i], row, row);
        }

        return loss;
    }

    private void Adam(float rate)
    {
        _steps++;
        var corrected = (float)(rate * Math.Sqrt(1 - Math.Pow(0.999, _steps)) / (1 - Math.Pow(0.9, _steps)));
        TensorPrimitives.Multiply(_mean, 0.9f, _mean);
        TensorPrimitives.MultiplyAdd(_gradients, 0.1f, _mean, _mean);
        TensorPrimitives.Multiply(_gradients, _gradients, _scratch);
        TensorPrimitives.Multiply(_spread, 0.999f, _spread);
        TensorPrimitives.MultiplyAdd(_scratch, 0.001f, _spread, _spread);
        TensorPrimitives.Sqrt(_spread, _scratch);
        TensorPrimitives.Add(_scratch, 1e-7f, _scratch);
        TensorPrimitives.Divide(_mean, _scratch, _scratch);
        TensorPrimitives.MultiplyAdd(_scratch, -corrected, _parameters, _parameters);
    }

    private Layers Parts(float[] all)
    {
        var first = _inputs * _hidden;
        var second = first + _hidden;
        var third = second + (_hidden * _outputs);
        return new Layers(all.AsSpan(0, first), all.AsSpan(first, _hidden), all.AsSpan(second, _hidden * _outputs), all.AsSpan(third, _outputs));
    }

    private readonly ref struct Layers(Span<float> w1, Span<float> b1, Span<float> w2, Span<float> b2)
    {
        private readonly Span<float> _w1 = w1;
        private readonly Span<float> _b1 = b1;
        private readonly Span<float> _w2 = w2;
        private readonly Span<float> _b2 = b2;

        public void Deconstruct(out Span<float> w1, out Span<float> b1, out Span<float> w2, out Span<float> b2)
        {
            w1 = _w1;
            b1 = _b1;
            w2 = _w2;
            b2 = _b2;
        }
    }
}
