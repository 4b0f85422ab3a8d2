// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Station.Labels;

/// <summary>Reads the data of a path (SVG 1.1 §8.3.9), command by command.</summary>
internal sealed class PathReader(string data)
{
    private int _at;
    private char _command;

    /// <summary>The next command, also where it is left out as it is the same; null at the end.</summary>
    public char? Next()
    {
        Skip();
        if (_at >= data.Length)
        {
            return null;
        }

        if (char.IsAsciiLetter(data[_at]))
        {
            return _command = data[_at++];
        }

        // After M, further places are lines.
        _command = _command switch { 'M' => 'L', 'm' => 'l', 'Z' or 'z' or '\0' => throw Failures.NotDrawn($"the path {data}"), _ => _command };
        return _command;
    }

    /// <summary>The next number.</summary>
    public double Number()
    {
        Skip();
        int begin = _at;
        if (_at < data.Length && data[_at] is '-' or '+')
        {
            _at++;
        }

        while (_at < data.Length && (char.IsAsciiDigit(data[_at]) || data[_at] == '.'))
        {
            _at++;
        }

        return double.TryParse(data.AsSpan(begin, _at - begin), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Failures.NotDrawn($"the path {data}");
    }

    private void Skip()
    {
        while (_at < data.Length && (char.IsWhiteSpace(data[_at]) || data[_at] == ','))
        {
            _at++;
        }
    }
}
