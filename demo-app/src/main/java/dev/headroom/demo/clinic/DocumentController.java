package dev.headroom.demo.clinic;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Documents go to a file of this process and are deleted at once: whole in memory, or a chunk at a time. */
@RestController
class DocumentController implements DisposableBean {
    private static final int CHUNK_BYTES = 1024 * 1024;

    private final Path folder;

    DocumentController() throws IOException {
        folder = Files.createTempDirectory("clinic-documents");
    }

    @PostMapping("/naive/documents")
    Stored whole(@RequestParam MultipartFile file) throws IOException {
        Path target = Files.createTempFile(folder, "document", "");
        try {
            byte[] all = file.getBytes();
            Files.write(target, all);
            return new Stored(all.length);
        } finally {
            Files.delete(target);
        }
    }

    @PostMapping("/optimised/documents")
    Stored inChunks(@RequestParam MultipartFile file) throws IOException {
        Path target = Files.createTempFile(folder, "document", "");
        try (InputStream in = file.getInputStream();
                OutputStream out = Files.newOutputStream(target)) {
            byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, Math.max(1, file.getSize()))];
            long size = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
                size += read;
            }
            return new Stored(size);
        } finally {
            Files.delete(target);
        }
    }

    @Override
    public void destroy() throws IOException {
        Files.delete(folder);
    }

    record Stored(long size) {}
}
