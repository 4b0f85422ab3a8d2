// SPDX-License-Identifier: MIT
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Spindle.Station.Labels;

/// <summary>Writes pages as a PDF 1.4 (ISO 32000-1 §7.5): the same pages are the same bytes.</summary>
internal static class PdfWriter
{
    /// <summary>Writes it.</summary>
    public static void Write(Stream stream, IReadOnlyList<PdfPage> pages)
    {
        const int FirstPage = 5;
        List<long> offsets = [];
        long at = 0;
        void Put(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            at += bytes.Length;
        }

        void Object(string dictionary, byte[]? data = null)
        {
            offsets.Add(at);
            Put(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{dictionary}\n")));
            if (data is not null)
            {
                Put("stream\n"u8);
                Put(data);
                Put("\nendstream\n"u8);
            }

            Put("endobj\n"u8);
        }

        Put("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"u8);
        Object("<< /Type /Catalog /Pages 2 0 R >>");
        Object(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, i) => $"{FirstPage + (2 * i)} 0 R"))}] >>"));
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        foreach (PdfPage page in pages)
        {
            byte[] content = Compressed(page.Content);
            Object(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.Width:F2} {page.Height:F2}] /Contents {offsets.Count + 2} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"));
            Object(string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} /Filter /FlateDecode >>"), content);
        }

        long table = at;
        StringBuilder end = new(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (long offset in offsets)
        {
            end.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        end.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        Put(Encoding.ASCII.GetBytes(end.ToString()));
    }

    private static byte[] Compressed(string content)
    {
        using MemoryStream bytes = new();
        using (ZLibStream zlib = new(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Encoding.ASCII.GetBytes(content));
        }

        return bytes.ToArray();
    }
}
